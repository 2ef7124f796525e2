"""What asks AWS, and what changes things there: the only home of boto3, which the extra `aws` brings. Formats and prints nothing."""
