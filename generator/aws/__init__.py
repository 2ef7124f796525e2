"""What there is in an account: asked, checked, watched and diagnosed. Only aws.calls imports boto3."""
