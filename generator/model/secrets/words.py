"""The words that names of secrets and of other things are made of, as data. Decides nothing."""

from __future__ import annotations

# What scanners take for the name of a secret: the deny list of Yelp/detect-secrets (plugins/keyword.py), the keywords of
# gitleaks' `generic-api-key`; and variables of Docker's official images and of the service templates of Coolify; read 2026-11.
# Words are compared after a name is cut at its joints.
ANYWHERE = (
    "PASSWORD", "PASSWD", "PASSPHRASE", "PASSCODE", "PASSWORT", "KENNWORT", "CONTRASENA", "SECRET", "CREDENTIAL", "ACCESSKEY",
    "APIKEY", "PRIVATEKEY", "CONNECTIONSTRING", "CONNSTRING", "SEEDPHRASE", "RECOVERYPHRASE", "DOCKERCONFIGJSON",
)  # fmt: skip
AT_THE_END = (
    "TOKEN", "PWD", "AUTHORIZATION", "SNMPCOMMUNITY", "AUTHUSERINFO", "ERLANGCOOKIE", "CONNSTR", "PASSKEY", "MNEMONIC", "DOCKERAUTHCONFIG",
    "REGISTRYAUTHCONFIG", "DOCKERAUTHS", "REGISTRYAUTHS", "HONEYCOMBTEAM", "BASICAUTHUSERS",
)  # fmt: skip
LAST_WORD = (
    "AUTH", "BEARER", "COOKIE", "COOKIES", "CREDS", "CSEC", "DSN", "DSNS", "JWT", "JWTS", "NETRC", "NPMRC", "PAT", "PATS", "PEM",
    "PEPPER", "PEPPERS", "PSK", "PW", "PWDS", "SALT", "SALTS", "TOKENS",
)  # fmt: skip
UNSURE = frozenset(
    (
        "AUTHUSERINFO", "BASICAUTHUSERS", "CONNECTIONSTRING", "CONNSTR", "CONNSTRING", "COOKIE", "COOKIES", "CSEC", "DSN", "DSNS", "NETRC",
        "NPMRC", "PEM", "SALT", "SALTS",
    )
)  # fmt: skip
"""Of all these the ones that also end names of what is no secret by itself: masked to be safe, and not reported for the name alone."""
PLAINLY = tuple(
    word
    for word in (*ANYWHERE, *AT_THE_END, *LAST_WORD, "CREDENTIALS", "KEY", "KEYS", "PASS", "SECRETS", "SEED")
    if word not in UNSURE
)
"""What the last word of a name is or ends in where the value is the secret itself; `PASSWORD_POLICY` or `SECRET_ID` is about one."""
KEY_OF = (
    "ACCESS", "ACCOUNT", "ACTIVATION", "ADMIN", "AES", "AGENT", "APP", "APPLICATION", "AUTH", "BACKUP", "BLOWFISH", "CHACHA",
    "CIPHER", "CLIENT", "COGNITIVE", "CONSUMER", "COOKIE", "COSMOS", "CRYPT", "CRYPTO", "CRYPTOR", "DATABASE", "DB", "DECRYPTION",
    "DEPLOY", "DEPLOYER", "DKIM", "DSA", "ECDH", "ECDSA", "ENC", "ENCRYPT", "ENCRYPTION", "ENROLLMENT", "EVENTGRID", "EVENTHUB",
    "FERNET", "FUNCTION", "FUNCTIONS", "GPG", "HMAC", "HMACSHA", "HOOK", "INGEST", "INGESTION", "INSTALLATION", "INSTRUMENTATION",
    "INTEGRATION", "JWE", "JWT", "KEYGRIP", "LICENCE", "LICENSE", "LOGGEDIN", "MASTER", "MERCHANT", "MFA", "NACL", "NONCE", "OTP",
    "PAIRING", "PAYMENT", "PERSONAL", "PGP", "PRIV", "PROVISIONING", "RECOVERY", "REGISTRATION", "ROOT", "RSA", "RUNNER", "SDK",
    "SECURITY", "SEED", "SERVER", "SERVICE", "SERVICEBUS", "SERVICEROLE", "SESSION", "SFTP", "SHARED", "SIGN", "SIGNATURE", "SIGNER",
    "SIGNING", "SMTP", "SOPS", "SPACES", "SSEC", "SSH", "SSHHOST", "SSL", "STORAGE", "SUBSCRIPTION", "TDE", "TLS", "TOTP",
    "TRANSACTION", "UNLOCK", "UNSEAL", "VALIDATOR", "VAPID", "VAULT", "WALLET", "WEBHOOK", "WIREGUARD", "WRITE",
)  # fmt: skip
"""Words before `KEY`: what a key is for that opens something."""
KEY_RIGHT_BEHIND = ("AGE", "DES", "ED", "RC", "SPEECH", "VISION", "WG")
"""The same as words of their own only: other words end like them."""
SERVICES = (
    "ABUSEIPDB", "ADYEN", "AIRBRAKE", "AIRTABLE", "AKAMAI", "ALCHEMY", "ALGOLIA", "ALIYUN", "ALPACA", "AMPLITUDE", "ANTHROPIC",
    "APIFY", "APNS", "APPDYNAMICS", "ASANA", "ASSEMBLYAI", "ATLASSIAN", "AZURE", "BACKBLAZE", "BETTERSTACK", "BINANCE", "BITBUCKET",
    "BITFINEX", "BRAINTREE", "BREVO", "BUGSNAG", "BUILDKITE", "BYBIT", "CIRCLECI", "CLERK", "CLICKUP", "CLOUDFLARE", "CLOUDINARY",
    "CODECOV", "COINBASE", "COINGECKO", "CONTENTFUL", "COSMOSDB", "DATADOG", "DEEPGRAM", "DEEPSEEK", "DIGITALOCEAN", "DISCORD",
    "DYNATRACE", "ELEVENLABS", "ENCRYPTION", "ETHERSCAN", "FACEBOOK", "FASTLY", "FCM", "FIRECRAWL", "FIREWORKS", "FRESHDESK",
    "GEMINI", "GIPHY", "GITHUB", "GITLAB", "GOOGLEMAPS", "GROQ", "HCAPTCHA", "HEROKU", "HETZNER", "HONEYBADGER", "HONEYCOMB",
    "HUBSPOT", "HUGGINGFACE", "INFURA", "INTERCOM", "IPINFO", "KAGGLE", "KLAVIYO", "KRAKEN", "KUCOIN", "LANGCHAIN", "LANGFUSE",
    "LANGSMITH", "LAUNCHDARKLY", "LINODE", "LOGDNA", "LOGGLY", "LOGTAIL", "MAILCHIMP", "MAILGUN", "MAILJET", "MANDRILL", "MAPBOX",
    "MAPTILER", "MAXMIND", "MEILI", "MESSAGEBIRD", "MISTRAL", "MIXPANEL", "MOLLIE", "MORALIS", "NETLIFY", "NEWRELIC", "NEWSAPI",
    "NEXMO", "NVIDIA", "ONESIGNAL", "OPENAI", "OPENROUTER", "OPENWEATHER", "OPSGENIE", "PAGERDUTY", "PAPERTRAIL", "PAYPAL",
    "PERPLEXITY", "PINECONE", "PLAID", "PLIVO", "POSTHOG", "POSTMARK", "PUSHER", "QDRANT", "QUICKNODE", "RAYGUN", "RAZORPAY",
    "RECAPTCHA", "RESEND", "ROLLBAR", "SALESFORCE", "SENDGRID", "SENDINBLUE", "SENTRY", "SERPAPI", "SHOPIFY", "SLACK", "SNYK",
    "SPARKPOST", "SPLUNK", "SPOTIFY", "STATSIG", "STRIPE", "SUMOLOGIC", "SUPABASE", "TAVILY", "TELEGRAM", "TELNYX", "TURNSTILE",
    "TWILIO", "TWITCH", "TWITTER", "TYPESENSE", "UPSTASH", "VONAGE", "WEAVIATE", "WHATSAPP", "YOUTUBE", "ZENDESK",
)  # fmt: skip
"""Services that give a key to a customer: whatever stands between such a word and `KEY`, but for the next."""
SERVICES_ALONE = (
    "ABLY",
    "AUTH",
    "AWS",
    "CF",
    "COHERE",
    "DD",
    "DEEPL",
    "DO",
    "GCP",
    "GOOGLE",
    "HF",
    "MAPS",
    "PADDLE",
    "REPLICATE",
    "SQUARE",
)
"""The same, whose words mean other things too: right before `KEY`, and with nothing before them."""
SHOWN_KEY_OF = (
    "ANON", "ASSIGN", "BUCKET", "CACHE", "DESIGN", "FOREIGN", "HASH", "IDEMPOTENCY", "INDEX", "KMS", "OBJECT", "PARTITION",
    "PRIMARY", "PUB", "PUBLIC", "PUBLISHABLE", "SEARCH", "SITE", "SORT",
)  # fmt: skip
"""Words before `KEY` of one that anybody may see, or that opens nothing."""
ENDING_IN_PASS = (
    "ASKPASS", "BANDPASS", "BYPASS", "COMPASS", "ENCOMPASS", "HIGHPASS", "KEEPASS", "LASTPASS", "LOWPASS", "MULTIPASS", "OVERPASS",
    "ROSENPASS", "SINGLEPASS", "SURPASS", "TRESPASS", "UNDERPASS",
)  # fmt: skip
"""Words that end like a password and are none."""
TOKEN_OF = (
    "EXPIRED", "INVALID", "MISSING", "ASK", "BASE", "BEGIN", "BOS", "CANCELLATION", "CLS", "COMPLETION", "CONTEXT", "CONTINUATION",
    "DECODER", "EOS", "EOT", "FEE", "FIM", "GOVERNANCE", "IMAGE", "INPUT", "LP", "MASK", "N", "NATIVE", "NEW", "NEXT", "OUTPUT",
    "PAD", "PADDING", "PAGE", "PROMPT", "QUOTE", "SEP", "SEPARATOR", "SPECIAL", "SPLIT", "STAKING", "START", "STOP", "SUFFIX",
    "SYNC", "TEXT", "THINKING", "UNK", "UNKNOWN", "UNTIL",
)  # fmt: skip
NEVER_BEHIND = {
    "AUTH": ("ALWAYS", "ANON", "ANONYMOUS", "CLIENT", "FACTOR", "MUTUAL", "NO", "OPTIONAL", "PASSWORD", "SASL", "SMTP", "WITHOUT"),
    "COOKIE": (
        "AFFINITY", "CONSENT", "CSRF", "HTTPONLY", "INSECURE", "LANG", "LANGUAGE", "LOCALE", "SAMESITE", "SECURE", "STICKY", "THEME",
        "XSRF",
    ),
    "JWT": ("CHECK", "VERIFY"),
    "PASS": ("BAND", "FIRST", "HIGH", "LOW", "MULTI", "RENDER", "SECOND", "SINGLE", "THIRD", "TWO"),
    "PEM": ("BUNDLE", "CA", "CERT", "CERTIFICATE", "CERTS", "CHAIN", "FULLCHAIN", "PUB", "PUBLIC", "ROOT", "TRUST", "TRUSTSTORE"),
    "TOKEN": TOKEN_OF,
    "TOKENS": TOKEN_OF,
}  # fmt: skip
"""Last words that make a secret, and the words before them that make none: of a switch (`SSL_CLIENT_AUTH=want`), of what anybody may see,
of a run through something, of a piece of a text, a page of an answer or a coin."""
ONLY_BEHIND = {
    "CODE": ("ACCESS", "ACTIVATION", "AUTH", "INVITE", "PAIRING", "RECOVERY", "SECURITY", "UNLOCK", "VERIFICATION"),
    "CODES": ("ACCESS", "BACKUP", "INVITE", "RECOVERY"),
    "PIN": ("", "ADMIN", "CARD", "HSM", "LOGIN", "OPERATOR", "PKCS", "SECURITY", "SIM", "SLOT", "SO", "TOKEN", "USER", "YUBIKEY"),
    "PRIVATE": (
        "CERT", "CLIENT", "DEPLOY", "DKIM", "DSA", "ECDSA", "ED", "GPG", "HOST", "JWK", "JWT", "KEY", "PGP", "RSA", "SERVER",
        "SIGNING", "SSH", "SSL", "TLS", "VAPID", "WG", "WIREGUARD",
    ),
    "SAS": ("ACCOUNT", "AZURE", "BLOB", "CONTAINER", "QUEUE", "SERVICE", "STORAGE"),
    "SEED": (
        "AUTH", "ENCRYPTION", "HD", "HMAC", "KEY", "MASTER", "MFA", "NODE", "OPERATOR", "OTP", "PRIVATE", "SIGNING", "TOTP",
        "WALLET",
    ),
}  # fmt: skip
"""Last words that make a secret only behind certain others."""
HOOK_OF = frozenset(
    (
        "CHAT", "CHIME", "DINGTALK", "DISCORD", "FEISHU", "GCHAT", "IFTTT", "LARK", "MATTERMOST", "MSTEAMS", "ROCKETCHAT", "SLACK",
        "TEAMS", "WECOM", "ZAPIER", "ZULIP",
    )
)  # fmt: skip
"""Words of a name that ends in `WEBHOOK`, or in `WEBHOOK_URL`, of one that lets in anyone who knows its address."""
OF_HOOKS = frozenset(
    ("AVATAR", "COLOR", "EMOJI", "FOOTER", "ICON", "ID", "IDS", "MENTION", "MENTIONS", "TITLE", "USER", "USERS")
)
"""Words behind `WEBHOOK` of what is sent with a message."""
COUNTED = ("TOKEN", "TOKENS")
COUNTING = frozenset(
    ("BUDGET", "CHUNK", "COUNT", "LIMIT", "MAX", "MAXIMUM", "MIN", "MINIMUM", "NUM", "NUMBER", "TOTAL")
)
"""Words of a name that says how many pieces of a text there are."""
ENCODED = ("B64", "BASE64", "BLOB", "CONTENT", "CONTENTS", "DATA", "HEX", "JSON")
HELD = (
    "KEYSTORE",
    "KUBECONFIG",
    "KUBE CONFIG",
    "PFX",
    "P12",
    "JKS",
    "KEYTAB",
    "SERVICE ACCOUNT",
    "SERVICEACCOUNT",
    "SA",
    "KEYRING",
)
"""What is a file unless a word of the former stands behind it."""
BEHIND = frozenset(
    (
        *ENCODED,
        "ALT", "ALTERNATE", "ASC", "AUX", "BASE", "BETA", "BIN", "BLUE", "CANARY", "CENTRAL", "CI", "CURRENT", "DEFAULT", "DEMO",
        "DER", "DEV", "DEVEL", "DEVELOP", "DEVELOPMENT", "EAST", "ENC", "ENCODED", "ENCRYPTED", "ESCAPED", "EU", "EUROPE", "EXT",
        "EXTERNAL", "EXTRA", "FAILOVER", "FALLBACK", "FIRST", "GLOBAL", "GREEN", "GZ", "HASHED", "INITIAL", "INT", "INTERNAL",
        "LATEST", "LEGACY", "LITERAL", "LIVE", "LOCAL", "MAIN", "MASTER", "NEW", "NEXT", "NONPROD", "NORTH", "OLD", "OVERRIDE",
        "PART", "PLAIN", "PLAINTEXT", "PREPROD", "PREV", "PREVIEW", "PREVIOUS", "PRIMARY", "PROD", "PRODUCTION", "QA", "RAW", "READ",
        "READER", "READONLY", "READWRITE", "REPLICA", "RO", "ROTATED", "RW", "SANDBOX", "SECOND", "SECONDARY", "SHARED", "SLAVE",
        "SOUTH", "STABLE", "STAGE", "STAGING", "STANDBY", "STG", "STR", "STRING", "TEMP", "TEST", "TESTING", "TESTNET", "MAINNET",
        "TEXT", "THIRD", "TMP", "TRIAL", "TST", "UAT", "UNENCRYPTED", "URLENCODED", "US", "V", "VAL", "VALUE", "WEST", "WRITE",
        "WRITER", "YAML",
    )
)  # fmt: skip
"""Last words that only say which of several secrets it is, or how it is written."""
ASKING_FIRST = ("AUTO", "CHECK", "FORCE", "HAS", "HIDE", "IS", "NEED", "NEEDS", "NO", "SHOW", "USE", "VALIDATE", "WITH")
ASKING = ("ALLOW", "BYPASS", "CORS", "DISABLE", "ENABLE", "ENFORCE", "REQUIRE", "REQUIRES", "SANTA", "SKIP", "SUPPORTS")
"""Words of a name that says whether there is a secret; the former only at its beginning."""
ABOUT = frozenset(
    (
        "CMD", "COMMAND", "FD", "STDIN", "ADAPTER", "ADDRESS", "AGE", "ALG", "ALGO", "ALGORITHM", "ALIAS", "ALLOWLIST", "ALPHABET",
        "APPENDER", "ARN", "ATTEMPT", "ATTRIBUTE", "AUDIENCE", "BIT", "BLACKLIST", "BLOCKLIST", "BUCKET", "BYTE", "CACHESIZE",
        "CALLBACK", "CHAIN", "CHANGE", "CHARACTER", "CHARS", "CHARSET", "CHECK", "CHECKER", "CLASS", "CLASSNAME", "COLUMN",
        "COMPLEXITY", "CONSTRAINT", "CONVERTER", "COST", "COUNT", "CSI", "CURVE", "DAY", "DECIMAL", "DELAY", "DELIMITER", "DENYLIST",
        "DEPTH", "DESCRIPTION", "DIGIT", "DIR", "DIRECTORY", "DISABLED", "DURATION", "ENABLED", "ENCODER", "ENCODING", "ENDPOINT",
        "ENFORCEMENT", "ERROR", "EXPIRATION", "EXPIRE", "EXPIRED", "EXPIRES", "EXPIRY", "EXTRACTOR", "FACTORY", "FIELD", "FILE",
        "FILENAME", "FILEPATH", "FLAG", "FLOW", "FOLDER", "FORMAT", "FORMATTER", "FREQUENCY", "GENERATOR", "GRANT", "GUARD",
        "HANDLER", "HASHER", "HEADER", "HELPER", "HINT", "HISTORY", "HOUR", "IN", "INSPECTOR", "INTERVAL", "ISSUER", "ITERATION",
        "KWARG", "LABEL", "LEASE", "LEEWAY", "LENGTH", "LEVEL", "LIFETIME", "LIMIT", "LINK", "LOCATION", "LOCKOUT", "LOWERCASE",
        "MAPPER", "MAPPING", "MATCHER", "MAX", "MECHANISM", "MESSAGE", "METHOD", "METRIC", "MIN", "MINIMUM", "MINUTE", "MODE",
        "MONTH", "MOUNT", "MS", "NAME", "NAMES", "NAMESPACE", "OPTION", "PAGE", "PARAM", "PARAMETER", "PARSER", "PATH", "PATTERN",
        "PERCENT", "PERCENTAGE", "PERIOD", "PLACEHOLDER", "POLICY", "POPUP", "PORT", "PREFIX", "PROFILE", "PROMPT", "PROTECTION",
        "PROVIDER", "QUOTA", "RATE", "RATIO", "REALM", "RECOVERY", "REDIRECT", "REF", "REGEX", "REGEXP", "REGION", "RENEWAL",
        "REQUIRED", "REQUIREMENT", "RESET", "RESOLVER", "RETRIES", "RETRY", "REVEAL", "ROTATION", "ROTATOR", "ROUND", "ROUTE",
        "RULE", "SCANNER", "SCANNING", "SCHEDULE", "SCHEMA", "SCHEME", "SCOPE", "SCORE", "SCREEN", "SEC", "SECOND", "SELECTOR",
        "SERIALIZER", "SETTING", "SIZE", "SOURCE", "SPEC", "STATUS", "STRATEGY", "STRENGTH", "SUBJECT", "SUFFIX", "TABLE", "TAG",
        "TEMPLATE", "TESTER", "THRESHOLD", "TIMEOUT", "TOGGLE", "TOPIC", "TRANSFORMER", "TRIES", "TTL", "TYPE", "UPPERCASE", "URI",
        "URL", "USAGE", "USERNAME", "VALIDATION", "VALIDATOR", "VALIDITY", "VERIFICATION", "VERIFIER", "VERSION", "VISIBILITY",
        "WARNING", "WEEK", "WIDGET", "WIDTH", "WINDOW", "YEAR",
    )
)  # fmt: skip
"""Last words, also in the plural, of a name that speaks of a secret and does not hold it."""
OWNERS = frozenset(
    (
    "BACKEND", "BROKER", "CACHE", "CONTROLLER", "DOMAIN", "DRIVER", "EMAIL", "ENGINE", "HOST", "INJECTOR", "LOADER", "LOGIN",
    "MANAGEMENT", "MANAGER", "OPERATOR", "OWNER", "PLUGIN", "PROXY", "SERVER", "SERVICE", "STORE", "SYNCER",
    )
)  # fmt: skip
"""Last words of that kind that may also say whose a secret is: `SECRETS_BACKEND` is about secrets, `DB_PASSWORD_BACKEND` is one."""
HOLDERS = frozenset(
    (
        "ADMIN", "API", "APP", "CLIENT", "DATABASE", "DB", "FTP", "JWT", "KAFKA", "LDAP", "MAIL", "MARIADB", "MONGO", "MONGODB",
        "MYSQL", "PG", "POSTGRES", "POSTGRESQL", "RABBITMQ", "REDIS", "ROOT", "SESSION", "SFTP", "SHARED", "SIGNING", "SMTP", "SSH",
        "USER", "WEBHOOK",
    )
)  # fmt: skip
"""First words of a name that is a secret's whatever owner it ends in, and in which `PASSWORD`, `SECRET` or `KEY` stands right behind."""
HELD_BY = ("PASSWORD", "PASSWD", "PASS", "PWD", "SECRET", "KEY")
OTHERS = ("PASSWORDLESS", "SECRETARIAT", "SECRETARIES", "SECRETARY")
"""Words that only begin like a secret's."""
