"""From text to nodes: YAML, overlays, settings, and the JSON that templates render. Reads no disk and knows nothing of ECS."""
