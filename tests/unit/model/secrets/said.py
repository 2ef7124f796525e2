"""Values that say a secret, with « and » around it, and ordinary ones that say none. A line each; `\\n` is the end of a line in it.

A `·` is left out when they are read, so that nobody takes what is around it for a real credential.
"""

from __future__ import annotations

SAID = {
    "JSON": r"""
{"name":"DB_PASSWORD","value":"«hunter2»"}
[{"name": "LOG", "value": "x"}, {"name": "DB_PASSWORD", "value": "«hunter2»"}]
{"value":"«hunter2»","name":"DB_PASSWORD"}
{"key":"password","value":"«hunter2»"}
{"Name":"DB_PASSWORD","Value":"«hunter2»"}
{\"name\":\"DB_PASSWORD\",\"value\":\"«hunter2»\"}
{"a": "{\"name\": \"DB_PASSWORD\", \"value\": \"«hunter2»\"}"}
{"a": "{\"b\": \"{\\\"password\\\": \\\"«hunter2»\\\"}\"}"}
{"p\u0061ssword": "«hunter2»"}
{"\u0070\u0061\u0073\u0073\u0077\u006f\u0072\u0064": "«hunter2»"}
{"auths":{"https://index.docker.io/v1/":{"auth":"«dTpodW50ZXIy»"}}}
{"password": "«hunter2»", "port": 5432}
{"password":«123456»,"port":5432}
{"passwords": ["«one1»", "«two2»"]}
{"db": {"password": {"value": "«hunter2»"}}}
{"env":[{"name":"STRIPE_SECRET","value":"«zq81kx»"}]}
{"variables":{"API_TOKEN":{"value":"«zq81kx»","type":"string"}}}
{ "connection" : { "user" : "u" , "passwd" : "«zq81kx»" } }
{"Credentials": {"AccessKeyId": "«AK81»", "SecretAccessKey": "«zq81kx»"}}
{"dsn": "postgres://u:«zq81kx»@h/x"}
{"data": "{\"token\": \"«zq81kx»\"}"}
{"s": "{\"t\": \"{\\\"name\\\": \\\"X_TOKEN\\\", \\\"value\\\": \\\"«zq81kx»\\\"}\"}"}
{"tok\u0065n":"«zq81kx»"}
{"client_secret":"«zq81kx»","client_id":"web"}
{'password': '«zq81kx»', 'port': 1}
{password: "«zq81kx»"}
{"Password" : null, "ApiKey" : "«zq81kx»"}
{"key":"API_TOKEN","val":"«zq81kx»"}
{"field":{"name":"secret","value":"«zq81kx»"}}
run --config '{"name":"DB_PASSWORD","value":"«zq81kx»"}' --port 80
run --config "{\"name\":\"DB_PASSWORD\",\"value\":\"«zq81kx»\"}" --port 80
JSON={"user":"u","secret":"«zq81kx»"}
{"login":{"user":"u","pass":"«zq81kx»"}}
{"headers":{"X-Api-Key":"«zq81kx»","Accept":"*/*"}}
{"headers":[{"name":"Authorization","value":"«Bearer zq81kx»"}]}
""",
    "YAML, TOML, properties, XML": r"""
a: b\npassword: «hunter2»
env:\n  - name: DB_PASSWORD\n    value: «hunter2»
env:\n  - name: DB_PASSWORD\n    value: "«hunter2»"\n  - name: LOG\n    value: debug
- key: password\n  value: «hunter2»
- value: «hunter2»\n  name: DB_PASSWORD
password: |\n  «hunter2»\nport: 80
user: me\npassword: >-\n  «hunter2»
password:\n  «hunter2»\nport: 80
[db]\npassword = "«hunter2»"\nport = 5432
[db]\npassword = '«hunter2»'
[db]\npassword=«hunter2»\nport=5432
spring.datasource.password=«hunter2»\nspring.datasource.username=u
spring.datasource.password = «hunter2»
<password>«hunter2»</password>
<config><user>u</user><dbPassword>«hunter2»</dbPassword></config>
<password type="plain">«hunter2»</password>
<Resource name="jdbc" password="«hunter2»" user="u"/>
<add key="DbPassword" value="«hunter2»"/>
<property name="hibernate.connection.password" value="«hunter2»"/>
<property name="hibernate.connection.password">«hunter2»</property>
<string name="api_token">«hunter2»</string>
machine example.com login me password «hunter2»
//npm.example.com/:_authToken=«hunter2»
server:\n  port: 80\n  secretKey: «zq81kx»
credentials:\n  user: «u»\n  password: «zq81kx»
tokens:\n- «zq81kx»\n- «yy81kx»
env:\n- {name: API_KEY, value: «zq81kx»}
spring:\n  datasource:\n    password: '«zq81kx»'
a: 1\ntls:\n  key: x\nclient-secret: >\n  «zq81kx»\nb: 2
DB_USER=u\nDB_PASSWORD=«zq81kx»\nDB_HOST=h
export DB_USER=u\nexport DB_PASSWORD='«zq81kx»'
[client]\nuser=root\npassword="«zq81kx»"
[default]\naws_access_key_id = «AK81»\naws_secret_access_key = «zq81kx»
requirepass «zq81kx»\nport 6379
masterauth «zq81kx»
default_pass = «zq81kx»\ndefault_user = u
smtp_sasl_password_maps = static:u:«zq81kx»
machine h\nlogin u\npassword «zq81kx»
[smtp]\nhost = h\npasswd = «zq81kx»
secret_key_base: «zq81kx»
api_key = '«zq81kx»'; port = 80
$conf['password'] = '«zq81kx»';
define('DB_PASSWORD', '«zq81kx»');
define( 'AUTH_KEY', '«zq81kx»' );
password := "«zq81kx»"
config.password = "«zq81kx»"
"password" = "«zq81kx»"
<server><username>u</username><password>«zq81kx»</password></server>
<entry key="secret">«zq81kx»</entry>
<connectionStrings><add name="x" connectionString="Server=h;Password=«zq81kx»"/></connectionStrings>
<user username="u" password="«zq81kx»" roles="r"/>
<api-key>«zq81kx»</api-key>
<ns:Password>«zq81kx»</ns:Password>
<property name="password" value='«zq81kx»'/>
""",
    "commands": r"""
curl --user a:«hunter2» https://x
curl --user=a:«hunter2» https://x
curl -u a:«hunter2» https://x
curl -su a:«hunter2» https://x
curl -sSfu a:«hunter2» https://x
curl -ua:«hunter2» https://x
curl --proxy-user a:«hunter2» https://x
curl -U a:«hunter2» https://x
curl -b «session=abc123» https://x
curl --cookie «session=abc123» https://x
curl --cookie "«session=abc123»" https://x
curl --oauth2-bearer «hunter2» https://x
curl -d password=«hunter2» https://x
curl -d '{"password":"«hunter2»"}' https://x
curl -d "user=a&password=«hunter2»" https://x
curl -H "Cookie: «session=abc123; b=c»" https://x
curl --header 'Authorization: Basic «aHVudGVyMg==»' https://x
curl --pass «hunter2» --cert x https://x
wget --user=a --password=«hunter2» https://x
wget --http-password=«hunter2» https://x
wget --header="Authorization: Bearer «hunter2»" https://x
redis-server --requirepass «hunter2»
redis-server /etc/redis.conf --requirepass «hunter2» --port 6379
redis-server --masterauth «hunter2»
redis-server --requirepass "«hunter2»"
redis-cli -a «hunter2» ping
redis-cli -h redis -p 6379 -a «hunter2» ping
redis-cli --pass «hunter2» ping
redis-cli -u redis://:«hunter2»@host
redis-cli AUTH «hunter2»
redis-cli -a '«hunter2»' ping
valkey-cli -a «hunter2» ping
keydb-cli -a «hunter2» ping
valkey-server --requirepass «hunter2»
keytool -genkey -storepass «hunter2» -keypass «hunter2» -alias a
keytool -importkeystore -srcstorepass «hunter2» -deststorepass «hunter2»
openssl rsa -in k.pem -passin pass:«hunter2» -out x
openssl enc -aes-256-cbc -k «hunter2» -in x
openssl enc -aes-256-cbc -pass pass:«hunter2» -in x
openssl pkcs12 -export -passout pass:«hunter2»
openssl enc -aes-256-cbc -K «0123456789abcdef» -iv 1
vault login «hunter2»
vault login token=«hunter2»
vault login -method=userpass username=u password=«hunter2»
vault kv put secret/db password=«hunter2»
vault operator unseal «hunter2»
VAULT_TOKEN=«hunter2» vault kv get secret/x
aws configure set aws_secret_access_key «hunter2»
aws configure set aws_secret_access_key «hunter2» --profile x
aws configure set aws_session_token «hunter2»
aws ssm put-parameter --name /db/password --value «hunter2» --type SecureString
aws secretsmanager create-secret --name db --secret-string «hunter2»
htpasswd -b f u «hunter2»
htpasswd -bc /etc/nginx/.htpasswd u «hunter2»
htpasswd -nb u «hunter2»
htpasswd -Bbn u «hunter2» > f
mysql -p«hunter2»
mysql -uroot -p«hunter2» -h db
mysql -u root --password=«hunter2»
mysqladmin ping -h localhost -uroot -p«hunter2»
mysqladmin -p'«hunter2»' ping
mysqldump -u root -p"«hunter2»" db > x.sql
mariadb -p«hunter2» -e 'select 1'
mariadb-admin -p«hunter2» ping
mysqlcheck -p«hunter2» db
mysqlsh -p«hunter2»
PGPASSWORD=«hunter2» psql -h db
env PGPASSWORD=«hunter2» psql -h db
PGPASSWORD='«hunter2»' psql -h db
psql "host=db user=u password=«hunter2» dbname=x"
psql postgres://u:«hunter2»@db/x
sshpass -p «hunter2» ssh u@h
sshpass -p«hunter2» ssh u@h
sshpass -p '«hunter2»' scp a b
docker login -u u -p «hunter2» ghcr.io
docker login --username u --password «hunter2»
docker login --password=«hunter2»
echo «hunter2» | docker login -u u --password-stdin
echo "«hunter2»" | docker login -u u --password-stdin ghcr.io
echo -n «hunter2» | docker login --password-stdin
printf '%s' «hunter2» | docker login --password-stdin
printf "«hunter2»" | podman login --password-stdin
echo «hunter2» | sudo -S apt update
echo «hunter2» | gh auth login --with-token
echo u:«hunter2» | chpasswd
echo "root:«hunter2»" | chpasswd
echo «hunter2» | passwd --stdin u
podman login -p «hunter2» quay.io
helm registry login -p «hunter2» x
oras login -p «hunter2» x
crane auth login -p «hunter2» x
export X_TOKEN=«hunter2»
export X_TOKEN="«hunter2»" && run
export X_TOKEN=«hunter2»; run
set -x; X_TOKEN=«hunter2» run
setenv X_TOKEN «hunter2»
docker run -e DB_PASSWORD=«hunter2» x
docker run --env DB_PASSWORD=«hunter2» x
docker run --env=DB_PASSWORD=«hunter2» x
docker build --build-arg NPM_TOKEN=«hunter2» .
az login -u u -p «hunter2»
az login --service-principal -u u -p «hunter2» --tenant t
az login --password «hunter2»
az storage blob list --account-key «hunter2»
az storage blob list --sas-token «hunter2»
helm --set db.password=«hunter2» upgrade
helm upgrade x y --set db.password=«hunter2»,replicas=2
helm upgrade x y --set replicas=2,db.password=«hunter2»
helm install x --set-string auth.rootPassword=«hunter2»
npm config set //npm.example.com/:_authToken «hunter2»
npm config set //npm.example.com/:_authToken=«hunter2»
npm config set _authToken «hunter2»
npm login --auth-token «hunter2»
yarn config set npmAuthToken «hunter2»
pip config set global.index-url https://u:«hunter2»@host/simple
pip install --index-url https://u:«hunter2»@host/simple x
pip install --extra-index-url https://«ghp0123456789»@host/simple x
poetry config pypi-token.pypi «hunter2»
poetry config http-basic.foo u «hunter2»
twine upload -u u -p «hunter2» dist/*
composer config http-basic.repo u «hunter2»
composer config github-oauth.github.com «hunter2»
gem push --key «hunter2» x
git clone https://«hunter2token»@github.com/x/y
git clone https://oauth2:«hunter2»@gitlab.com/x/y
git clone https://x-access-token:«hunter2»@github.com/x/y
git -c http.extraHeader="Authorization: Basic «aHVudGVyMg==»" clone https://x
git remote set-url origin https://u:«hunter2»@host/x
kubectl create secret generic s --from-literal=password=«hunter2»
kubectl create secret generic s --from-literal password=«hunter2»
kubectl create secret docker-registry s --docker-password=«hunter2»
kubectl --token=«hunter2» get pods
kubectl config set-credentials u --token=«hunter2»
oc login --token=«hunter2» https://x
oc login -u u -p «hunter2» https://x
java -Djavax.net.ssl.keyStorePassword=«hunter2» -jar x.jar
java -Djavax.net.ssl.trustStorePassword="«hunter2»" -jar x.jar
java -Dspring.datasource.password=«hunter2» -Xmx512m -jar x.jar
java -jar x.jar --spring.datasource.password=«hunter2» --server.port=80
mc alias set s3 http://minio:9000 KEY «hunter2»
mc config host add s3 http://minio:9000 KEY «hunter2»
mc alias set s3 http://minio:9000 KEY «hunter2» --api S3v4
sqlcmd -S db -U sa -P «hunter2» -Q 'select 1'
sqlcmd -S db -U sa -P«hunter2»
/opt/mssql-tools/bin/sqlcmd -S localhost -U sa -P "«hunter2»" -Q "SELECT 1"
bcp x out y -U sa -P «hunter2»
ldapsearch -x -D cn=admin -w «hunter2» -b dc=x
ldapadd -x -D cn=admin -w «hunter2»
ldapmodify -w «hunter2»
ldapwhoami -x -w «hunter2»
smbclient //h/s -U u%«hunter2»
smbclient -U 'u%«hunter2»' //h/s
mount -t cifs //h/s /mnt -o username=u,password=«hunter2»,vers=3.0
lftp -u u,«hunter2» sftp://h
lftp -e "open -u u,«hunter2» h"
lftp sftp://u:«hunter2»@h
ftp -u ftp://u:«hunter2»@h/x
rabbitmqctl add_user u «hunter2»
rabbitmqctl change_password u «hunter2»
rabbitmqadmin -u u -p «hunter2» list queues
mongosh -u root -p «hunter2» --eval x
mongosh --username root --password «hunter2»
mongo admin -u root -p «hunter2» --eval "db.stats()"
mongosh "mongodb://root:«hunter2»@db/admin"
mongodump --uri mongodb+srv://u:«hunter2»@h/x
cqlsh -u cassandra -p «hunter2»
influx -username u -password «hunter2»
influx setup -u u -p «hunter2» -t «hunter3»
clickhouse-client --password «hunter2»
clickhouse-client -u default --password=«hunter2»
cypher-shell -u neo4j -p «hunter2» 'RETURN 1'
etcdctl --user root:«hunter2» get x
consul kv get -token=«hunter2» x
nats-server --user u --pass «hunter2»
nats-server --auth «hunter2»
nats sub -s nats://u:«hunter2»@h x
mosquitto_sub -h h -u u -P «hunter2» -t x
mosquitto_pub -u u -P «hunter2» -t x -m y
kafka-configs --alter --add-config 'SCRAM-SHA-512=[password=«hunter2»]'
7z x -p«hunter2» a.7z
7za a -p«hunter2» a.7z b
zip -P «hunter2» a.zip b
unzip -P «hunter2» a.zip
gpg --batch --passphrase «hunter2» -d x
ansible-playbook -e ansible_password=«hunter2» x.yml
rclone config create r s3 secret_access_key «hunter2»
restic -o s3.secret-access-key=«hunter2» backup
s3cmd --secret_key=«hunter2» --access_key=«hunter2» ls
snmpget -v3 -A «hunter2» -X «hunter3» h
xfreerdp /u:u /p:«hunter2» /v:h
net use Z: \\h\s /user:u «hunter2»
rsync --password-file=/x rsync://u:«hunter2»@h/m
iftop; login --token «hunter2»
tailscale up --authkey «hunter2»
tailscale up --auth-key=«hunter2»
ngrok config add-authtoken «hunter2»
ngrok authtoken «hunter2»
cloudflared tunnel run --token «hunter2»
sentry-cli --auth-token «hunter2» releases
sentry-cli login --auth-token «hunter2»
doppler configure set token «hunter2»
heroku config:set SECRET_KEY=«hunter2»
fly secrets set DB_PASSWORD=«hunter2»
gh auth login --with-token «hunter2»
gh secret set X_TOKEN --body «hunter2»
snyk auth «hunter2»
sonar-scanner -Dsonar.login=«hunter2»
sonar-scanner -Dsonar.token=«hunter2»
flyway -user=u -password=«hunter2» migrate
liquibase --password=«hunter2» update
sqlplus u/«hunter2»@db
sqlplus -s u/«hunter2»@//h:1521/x
impdp u/«hunter2» directory=d
wp user create u e@x --user_pass=«hunter2»
wp core config --dbpass=«hunter2»
wp config create --dbname=x --dbpass=«hunter2»
airflow users create --username u --password «hunter2»
grafana-cli admin reset-admin-password «hunter2»
rails runner x; SECRET_KEY_BASE=«hunter2» rails s
useradd -p «hunter2» u
adduser -D u && echo "u:«hunter2»" | chpasswd
net user u «hunter2» /add
psql -c "ALTER USER u WITH PASSWORD '«hunter2»'"
psql -c "CREATE ROLE u LOGIN PASSWORD '«hunter2»'"
mysql -e "CREATE USER u IDENTIFIED BY '«hunter2»'"
mysql -e "ALTER USER 'u'@'%' IDENTIFIED WITH mysql_native_password BY '«hunter2»'"
mysql -e "SET PASSWORD FOR u = PASSWORD('«hunter2»')"
curl --silent -u admin:«zq81kx» http://h/_cluster/health
curl -XPOST -u 'elastic:«zq81kx»' http://h
curl -fsSLu u:«zq81kx» http://h
curl "http://u:«zq81kx»@h/x"
curl -H "Authorization: Splunk «zq81kx»" h
curl -H "X-Shopify-Access-Token: «zq81kx»" h
curl -H authorization:bearer\ «zq81kx» h
curl --data-urlencode "password=«zq81kx»" h
curl -F token=«zq81kx» h
curl -d '{"client_secret": "«zq81kx»"}' h
curl --cookie 'sid=«zq81kx»' h
curl -G --data api_key=«zq81kx» h
curl --proxy http://u:«zq81kx»@proxy:3128 h
curl -x u:«zq81kx»@proxy:3128 h
curl --tlsuser u --tlspassword «zq81kx» h
wget --header "PRIVATE-TOKEN: «zq81kx»" h
http -a u:«zq81kx» GET h
redis-cli --user u --pass «zq81kx» ping
redis-cli -h h -a "«zq81kx»" --no-auth-warning ping | grep PONG
redis-cli CONFIG SET requirepass «zq81kx»
redis-server --port 6379 --requirepass '«zq81kx»'
mysql --user=root --password='«zq81kx»' -e 'show databases'
mysqladmin -h 127.0.0.1 -u root -p$ROOT ping && mysql -p«zq81kx»
exec mysqldump --all-databases -uroot -p"«zq81kx»"
mariadb -uroot --password «zq81kx» -e x
PGPASSWORD="«zq81kx»" pg_dump -U u x
PGPASSWORD=«zq81kx» pg_isready && echo ok
pg_dump "postgresql://u:«zq81kx»@h/x"
psql "password='«zq81kx»' host=h"
createuser u; psql -c "alter user u with encrypted password '«zq81kx»';"
psql -v pw="'«zq81kx»'" -f x.sql
mongosh -u u -p '«zq81kx»' --authenticationDatabase admin --eval "db.stats()"
mongosh --eval "db.auth('u', '«zq81kx»')"
mongosh --eval 'db.createUser({user: "u", pwd: "«zq81kx»", roles: []})'
mongo "mongodb://u:«zq81kx»@a,b,c/x?replicaSet=r"
sqlcmd -S localhost -U SA -P '«zq81kx»' -Q "SELECT 1" || exit 1
sqlcmd -U sa -P"«zq81kx»" -C
rabbitmqctl add_user u '«zq81kx»'
rabbitmqctl authenticate_user u «zq81kx»
rabbitmqadmin --username=u --password=«zq81kx» list
vault login -no-print «zq81kx»
vault write auth/approle/login role_id=r secret_id=«zq81kx»
vault token renew «zq81kx»
vault unwrap «zq81kx»
aws configure set profile.x.aws_secret_access_key «zq81kx»
aws cognito-idp admin-set-user-password --username u --password «zq81kx»
aws rds modify-db-instance --master-user-password «zq81kx»
aws secretsmanager put-secret-value --secret-id a --secret-string '{"password":"«zq81kx»"}'
AWS_SECRET_ACCESS_KEY=«zq81kx» aws s3 ls
gcloud auth activate-service-account --key-file=x; gcloud config set auth/access_token «zq81kx»
az acr login -n r -u u -p «zq81kx»
az keyvault secret set --vault-name v -n x --value «zq81kx»
az storage account list --connection-string "AccountKey=«zq81kx»"
docker login registry.x -u u -p «zq81kx»
docker login -u=u -p=«zq81kx» x
cat x | docker login -u u -p«zq81kx»
echo "«zq81kx»" | docker login --username u --password-stdin r
echo «zq81kx»|docker login -u u --password-stdin
printf '%s\n' "«zq81kx»" | helm registry login r -u u --password-stdin
echo «zq81kx» | base64 | docker login --password-stdin
docker login --password-stdin <<< "«zq81kx»"
docker run --rm -e PGPASSWORD=«zq81kx» -e LOG=debug postgres psql
docker run redis redis-server --requirepass «zq81kx»
kubectl create secret generic s --from-literal=apiKey=«zq81kx» --from-literal=user=u
kubectl create secret docker-registry r --docker-username=u --docker-password «zq81kx»
kubectl set env deploy/x API_TOKEN=«zq81kx»
helm upgrade x c --set "global.postgresql.auth.password=«zq81kx»"
helm repo add r https://h --username u --password «zq81kx»
argocd login h --username u --password «zq81kx»
argocd account update-password --current-password «zq81kx» --new-password «yy81kx»
terraform apply -var db_password=«zq81kx»
terraform apply -var="token=«zq81kx»"
ansible-playbook --extra-vars "db_password=«zq81kx» x=1" p.yml
npm config set //npm.pkg.github.com/:_authToken «zq81kx»
npm config set '//r/:_password' "«zq81kx»"
echo "//npm.example.com/:_authToken=«zq81kx»" > .npmrc
yarn config set 'npmRegistries["//r"].npmAuthToken' «zq81kx»
pip install --extra-index-url https://__token__:«zq81kx»@h/simple x
poetry config http-basic.r u «zq81kx»
poetry publish -u u -p «zq81kx»
twine upload -u __token__ -p «zq81kx» d/*
composer config --global http-basic.repo.x u «zq81kx»
composer config -g github-oauth.github.com «zq81kx»
git clone https://u:«zq81kx»@bitbucket.org/x/y.git
git clone https://«zq81kx1234567890»@github.com/x/y.git
git config --global url."https://«zq81kx1234567890»@github.com/".insteadOf https://github.com/
git -c http.extraheader="AUTHORIZATION: basic «enE4MWt4»" fetch
java -Dhttp.proxyPassword=«zq81kx» -jar a.jar
java -jar a.jar --jwt.secret=«zq81kx» --server.port=1
java -Dlog4j.x=1 -DdbPassword="«zq81kx»" -cp a.jar M
keytool -import -alias a -file c -keystore k -storepass «zq81kx» -noprompt
jarsigner -storepass «zq81kx» -keypass «yy81kx» a.jar k
openssl genrsa -aes256 -passout pass:«zq81kx» -out k
openssl pkcs12 -in a.p12 -passin 'pass:«zq81kx»' -nodes
openssl aes-256-cbc -d -k «zq81kx» -in a
gpg --batch --yes --passphrase '«zq81kx»' -d a
gpg --passphrase=«zq81kx» -d a
ssh-keygen -t rsa -N «zq81kx» -f k
sshpass -e ssh h; sshpass -p"«zq81kx»" ssh h
htpasswd -cbB /etc/f u «zq81kx»
htpasswd -bnBC 10 "" «zq81kx»
echo 'u:«zq81kx»' | chpasswd -e
echo -e "«zq81kx»\n«zq81kx»" | passwd u
echo «zq81kx» | kinit u
echo «zq81kx» | cryptsetup luksOpen /dev/x y -
ldapsearch -H ldap://h -D "cn=a,dc=b" -w "«zq81kx»" -b x
ldappasswd -D cn=a -w «zq81kx» -s «yy81kx» u
smbclient '//h/s' -U 'dom\u%«zq81kx»'
mount -t cifs -o user=u,pass=«zq81kx» //h/s /m
lftp -c "open -u u,«zq81kx» sftp://h; mirror"
lftp -e 'set x 1; open ftp://u:«zq81kx»@h'
mc alias set m http://h:9000 AK81 «zq81kx» >/dev/null
mc admin user add m u «zq81kx»
rclone obscure «zq81kx»
s3cmd --access_key=AK81 --secret_key=«zq81kx» ls
restic -r rest:https://u:«zq81kx»@h/ backup
influx setup --username u --password «zq81kx» --token «yy81kx» --force
clickhouse-client --user u --password «zq81kx» -q 'select 1'
cypher-shell -u neo4j -p «zq81kx» "RETURN 1"
cqlsh h -u u -p «zq81kx» -e x
nodetool -u u -pw «zq81kx» status
kafka-console-consumer --consumer-property 'sasl.jaas.config=X required username="u" password="«zq81kx»";'
curl -u u:«zq81kx» h | jq .
etcdctl --endpoints=h --user=root:«zq81kx» get x
etcdctl --user root --password «zq81kx» get x
consul kv put -token «zq81kx» a b
nats --password «zq81kx» --user u pub x y
mosquitto_sub -u u -P '«zq81kx»' -t '#'
wp user create a a@b --user_pass="«zq81kx»" --role=x
php artisan user:create --password=«zq81kx»
python manage.py createsuperuser --password «zq81kx»
flask fab create-admin --password «zq81kx»
superset fab create-admin --username a --password «zq81kx»
airflow connections add x --conn-password «zq81kx»
airflow connections add x --conn-uri postgres://u:«zq81kx»@h/x
gitlab-runner register --registration-token «zq81kx» -n
gitlab-runner register -r «zq81kx»
./config.sh --url https://github.com/x --token «zq81kx» --unattended
buildkite-agent start --token «zq81kx»
datadog-agent --api-key «zq81kx»
DD_API_KEY=«zq81kx» datadog-agent run
newrelic-admin --license-key=«zq81kx»
sentry-cli --auth-token=«zq81kx» send-event
tailscale up --authkey=«zq81kx» --hostname=x
cloudflared service install «zq81kx»
ngrok http 80 --authtoken «zq81kx»
ngrok authtoken «zq81kx» && ngrok http 80
stripe listen --api-key «zq81kx»
heroku auth:token; HEROKU_API_KEY=«zq81kx» heroku ps
firebase deploy --token «zq81kx»
vercel --token «zq81kx» --prod
netlify deploy --auth «zq81kx»
snyk auth «zq81kx» && snyk test
sonar-scanner -Dsonar.login=«zq81kx» -X
codecov -t «zq81kx»
coveralls --repo-token «zq81kx»
7z a -p«zq81kx» a.7z b
zip -e -P «zq81kx» a.zip b
unzip -o -P "«zq81kx»" a.zip
snmpwalk -v3 -u u -A «zq81kx» -X «yy81kx» h
ipmitool -I lanplus -H h -U u -P «zq81kx» power status
xfreerdp /v:h /u:u /p:«zq81kx»
net use x: \\h\s «zq81kx» /user:u
net user u «zq81kx»
wpa_passphrase ssid «zq81kx»
grafana-cli --homepath /x admin reset-admin-password «zq81kx»
occ user:add --password-from-env u; OC_PASS=«zq81kx» occ user:add u
set X_TOKEN=«zq81kx» && run
SET X_SECRET=«zq81kx»
$env:X_TOKEN='«zq81kx»'; run
$env:X_TOKEN = "«zq81kx»"
X_TOKEN=«zq81kx»;run
env -i X_TOKEN=«zq81kx» run
env X_PASSWORD="«zq81kx»" run
su -c "X_TOKEN=«zq81kx» run" u
bash -c 'export A=b && mysql -p"«zq81kx»" x'
sh -c "echo «zq81kx» | docker login -u u --password-stdin"
sqlplus -S u/«zq81kx»@//h/x @f.sql
sqlplus "u/«zq81kx»@h"
rman target u/«zq81kx»
mysql -e "GRANT ALL ON x.* TO 'u'@'%' IDENTIFIED BY '«zq81kx»'"
mysql -e "CREATE USER IF NOT EXISTS 'u'@'%' IDENTIFIED BY \"«zq81kx»\""
sqlcmd -Q "CREATE LOGIN x WITH PASSWORD = '«zq81kx»'"
sqlcmd -Q "CREATE LOGIN x WITH PASSWORD=N'«zq81kx»'"
cqlsh -e "CREATE ROLE x WITH PASSWORD = '«zq81kx»'"
clickhouse-client -q "CREATE USER x IDENTIFIED WITH sha256_password BY '«zq81kx»'"
""",
    "addresses": r"""
https://«hunter2token»@github.com/x/y
https://u:«hunter2»@host/x
https://:«hunter2»@host/x
https://host/x?api_key=«hunter2»
https://host/x?a=b&apikey=«hunter2»&c=d
https://host/x?key=«hunter2»
https://host/x?code=«hunter2»
https://host/x?sig=«hunter2»
https://host/x?access_token=«hunter2»
https://host/x#access_token=«hunter2»
https://host/x#access_token=«hunter2»&token_type=bearer
https://host/x?token=«hunter2»
https://host/x?auth=«hunter2»
https://host/x?client_secret=«hunter2»&grant_type=client_credentials
https://host/x?X-Amz-Signature=«abc123»
https://host/x?sv=2020&sig=«abc%2Fd»&se=1
https://maps.googleapis.com/maps/api/js?key=«hunter2»&libraries=places
https://x.azurewebsites.net/api/f?code=«hunter2»==
«https://hooks.slack.com/serv·ices/T00000000/B00000000/abcdefghijklmnopqrstuvwx»
https://discord.com/api/web·hooks/«123456789012345678/abcDEF-ghi_jkl0123456789»
https://discordapp.com/api/web·hooks/«123456789012345678/abcDEF-ghi_jkl0123456789»
https://x.webhook.office.com/webhookb2/«a@b/IncomingWebhook/c/d»
https://outlook.office.com/webhook/«a@b/IncomingWebhook/c/d»
https://«0123456789abcdef·0123456789abcdef»@o1.ing·est.sentry.io/1
https://api.telegram.org/bot«123456·789:A·Aabcdefghijklmnopqrstuvwxyz012345678»/sendMessage
https://chat.googleapis.com/v1/spaces/A/messages?key=«hunter2»&token=«hunter3»
https://hooks.zapier.com/hooks/catch/«123/abcdef/»
jdbc:oracle:thin:u/«hunter2»@//h:1521/x
jdbc:oracle:thin:u/«hunter2»@h:1521:x
jdbc:sqlserver://h;databaseName=x;user=u;password=«hunter2»
jdbc:postgresql://h/x?user=u&password=«hunter2»
jdbc:mysql://u:«hunter2»@h/x
amqp://u:«hunter2»@h/x
amqps://u:«hunter2»@h
mongodb+srv://u:«hunter2»@h/x
mongodb://u:«hunter2»@h1:27017,h2:27017/x
redis://:«hunter2»@h:6379/0
rediss://default:«hunter2»@h:6379
postgresql+asyncpg://u:«hunter2»@h/x
smtp://u:«hunter2»@h:587
ldap://cn=admin:«hunter2»@h
DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«hunter2==»;EndpointSuffix=core.windows.net
Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«hunter2=»
Server=db;Database=x;User Id=u;Password=«hunter2»;
Server=db;Uid=u;Pwd=«hunter2»;
Data Source=db;User ID=u;Password=«hunter2»
host=db port=5432 user=u password=«hunter2»
u:«hunter2»@tcp(db:3306)/x
InstrumentationKey=«00000000-0000-0000-0000-000000000000»;IngestionEndpoint=https://x
ftp://u:«zq81kx»@h/x
sftp://u:«zq81kx»@h:22
sip:u:«zq81kx»@host
sftp:u:«zq81kx»@h/x
u:«zq81kx»@db.internal:5432/app
keytool -list -storepass:«zq81kx»
[["password","«zq81kx»"],["user","web"]]
kafka+ssl://u:«zq81kx»@h
nats://u:«zq81kx»@h:4222
nats://«zq81kx12345»@h:4222
clickhouse://u:«zq81kx»@h:9000/x
mssql+pyodbc://u:«zq81kx»@h/x?driver=a
oracle+cx_oracle://u:«zq81kx»@h/x
mysql2://u:«zq81kx»@h/x
snowflake://u:«zq81kx»@acct/x
bolt://neo4j:«zq81kx»@h:7687
sqs://AK81:«zq81kx»@
influxdb://u:«zq81kx»@h:8086
https://u:«p@ss81»@h/x
https://h/x?user=u&pwd=«zq81kx»
https://h/x?secret=«zq81kx»#a
https://h/x?subscription-key=«zq81kx»
https://h/x?appid=«zq81kx»&q=y
https://h/x?private_token=«zq81kx»
https://h/x?sv=1&se=2&sig=«a%2Bb%3D»
https://h/x?AWSAccessKeyId=«AK81»&Signature=«abc%3D»&Expires=1
https://s3.amazonaws.com/b/k?X-Amz-Credential=«a%2Fb»&X-Amz-Signature=«abc1»
https://h/cb#id_token=«zq81kx»&state=1
https://h/x?jwt=«zq81kx»
https://h/x?password=«zq81kx»
https://«0123456789abcdef0123456789abcdef»:«fedcba9876543210»@sentry.io/1
https://«0123456789abcdef0123456789abcdef»@app.glitchtip.com/1
https://ptb.discord.com/api/webhooks/«1/aB3»
https://mattermost.x.com/hooks/«abcdefgh1jklmnopqrstuvwxyz»
https://x.zapier.com/hooks/catch/1/2?key=«zq81kx»
https://maker.ifttt.com/trigger/«x/with/key/zq81»
https://api.telegram.org/bot«81:AAzz/sendMessage»
jdbc:mysql://h/x?user=u&password=«zq81kx»&useSSL=false
jdbc:db2://h:1/x:user=u;password=«zq81kx»;
jdbc:mariadb://u:«zq81kx»@h/x
jdbc:oracle:thin:u/«zq81kx»@//h:1521/x
jdbc:snowflake://h/?user=u&password=«zq81kx»
u:«zq81kx»@tcp(h:3306)/x?parseTime=true
u:«zq81kx»@unix(/tmp/s)/x
Driver={x};Server=h;UID=u;PWD=«zq81kx»
Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=«zq81=»;EntityPath=q
BlobEndpoint=https://x;SharedAccessSignature=sv=1&sig=«abc1»
AccountEndpoint=https://x;AccountKey=«zq81==»;
HostName=h;DeviceId=d;SharedAccessKey=«zq81=»
host=h user=u password='«zq81 kx»' dbname=x
redis://h:6379?password=«zq81kx»
h:6380,password=«zq81kx»,ssl=True,abortConnect=False
""",
    "headers": r"""
Authorization: Basic «aHVudGVyMg==»
Authorization: Bearer «hunter2»
Authorization: Token «hunter2»
Authorization: ApiKey «hunter2»
Authorization: token «hunter2»
Authorization: AWS4-HMAC-SHA256 «Credential=AKID/2020/x, SignedHeaders=host, Signature=abc»
Authorization: «hunter2»
Authorization=Basic «aHVudGVyMg==»
authorization=Bearer%20«hunter2»
Cookie: «session=abc123»
Cookie: «session=abc123; other=x»
Set-Cookie: «session=abc123; Path=/»
x-functions-key: «hunter2»
X-Vault-Token: «hunter2»
X-Api-Key: «hunter2»
X-Auth-Token: «hunter2»
PRIVATE-TOKEN: «hunter2»
Proxy-Authorization: Basic «aHVudGVyMg==»
api-key: «hunter2»
Ocp-Apim-Subscription-Key: «hunter2»
X-Amz-Security-Token: «hunter2»
"X-Vault-Token": "«hunter2»"
X-Vault-Token=«hunter2»
api-key=«hunter2»,x-tenant=a
x-honeycomb-team=«hunter2»
{"Authorization": "Bearer «hunter2»"}
['X-Api-Key' => '«hunter2»']
Authorization: Bearer «zq81kx»
Authorization: Basic «enE4MWt4»
Authorization: GenieKey «zq81kx»
Authorization: Token token=«zq81kx»
Authorization: token «zq81kx»
Authorization: OAuth «oauth_token="zq81"»
Authorization: Negotiate «enE4MWt4»
authorization: «zq81kx»
Proxy-Authorization: Bearer «zq81kx»
Cookie: a=«zq81»; b=«yy81»
Set-Cookie: «sid=zq81; HttpOnly»
X-Auth-Token: «zq81kx»
X-Gitlab-Token: «zq81kx»
X-Hub-Signature-Secret: «zq81kx»
apikey: «zq81kx»
Api-Key: «zq81kx»
X-Honeycomb-Team: «zq81kx»
DD-API-KEY: «zq81kx»
x-api-key=«zq81kx»
Authorization=Bearer «zq81kx»
signoz-access-token=«zq81kx»
Authorization=Basic%20«enE4»
Ocp-Apim-Subscription-Key: «zq81kx»
x-ms-client-secret: «zq81kx»
CF-Access-Client-Secret: «zq81kx»
""",
    "of every kind": r"""
{"db":{"master":{"pwd":"«kk93ab»"}}}
{"items":[{"name":"LOG","value":"x"},{"name":"JWT_KEY","value":"«kk93ab»"}]}
{"Type":"basic","Passphrase":"«kk93ab»"}
--config={"smtp_pass":"«kk93ab»"}
datasources:\n  - name: x\n    secureJsonData:\n      password: «kk93ab»
auth:\n  - user: u\n    password: «kk93ab»
global:\n  smtp_auth_password: '«kk93ab»'
receivers:\n- name: x\n  slack_configs:\n  - api_url: https://hooks.slack.com/«serv·ices/T1/B1/kk93ab»
apiVersion: v1\nkind: Secret\nstringData:\n  token: «kk93ab»
[auth]\nadmin_password = «kk93ab»
redis.password=«kk93ab»\nredis.host=h
SASL_JAAS=org.x.PlainLoginModule required username="u" password="«kk93ab»";
<password><![CDATA[«kk93ab»]]></password>
<datasource><security user-name="u" password="«kk93ab»"/></datasource>
curl -X POST -u :«kk93ab» h
curl -H 'api-key: «kk93ab»' h
curl -s -H "X-Vault-Token: «kk93ab»" h
curl --netrc-file x -H "Authorization: JWT «kk93ab»" h
curl -u "apikey:«kk93ab»" h
wget --password «kk93ab» --user u h
mysql -h h -u u -p«kk93ab» < x.sql
mysql --password «kk93ab»
mysqladmin --user=root --password=«kk93ab» ping || exit 1
pg_dump --dbname=postgresql://u:«kk93ab»@h/x
redis-cli -h h -a «kk93ab» --raw incr ping
redis-cli --no-auth-warning -a «kk93ab» ping
redis-sentinel --requirepass «kk93ab»
memcached -S; MEMCACHED_PASSWORD=«kk93ab» memcached
mongod --setParameter x; mongosh admin -u root -p "«kk93ab»"
vault login -method=token «kk93ab»
vault kv put kv/x api_key=«kk93ab»
vault operator unseal -tls-skip-verify «kk93ab»
aws configure set default.aws_secret_access_key «kk93ab»
aws --profile x configure set aws_secret_access_key "«kk93ab»"
aws ssm put-parameter --type SecureString --name x --value "«kk93ab»"
aws secretsmanager create-secret --name x --secret-string "«kk93ab»"
az sql server create --admin-password «kk93ab»
gcloud sql users set-password u --password=«kk93ab»
echo -n '«kk93ab»' | gcloud secrets create x --data-file=-
docker login ghcr.io -u u --password="«kk93ab»"
echo $X; echo "«kk93ab»" | podman login -u u --password-stdin r
printf '%s' '«kk93ab»' | docker secret create x -
kubectl create secret tls x; kubectl create secret generic y --from-literal token=«kk93ab»
helm upgrade a b --set-string "auth.token=«kk93ab»" --wait
helm registry login r --username u --password «kk93ab»
terraform login; TF_VAR_password=«kk93ab» terraform apply
npm set //npm.example.com/:_authToken=«kk93ab»
npm set //npm.example.com/:_authToken «kk93ab»
pnpm config set //r/:_authToken «kk93ab»
git remote add o https://u:«kk93ab»@h/x.git
java -Dspring.security.oauth2.client.registration.x.client-secret=«kk93ab» -jar a
java -javaagent:x.jar -Dnewrelic.config.license_key=«kk93ab» -jar a
keytool -exportcert -keystore k -storepass "«kk93ab»"
openssl s_server -pass pass:«kk93ab»
openssl pkcs8 -topk8 -passin pass:«kk93ab» -passout pass:«kk93bb»
htpasswd -b -c /f u "«kk93ab»"
htpasswd -Bb f u '«kk93ab»'
ldapsearch -D x -w '«kk93ab»' -LLL
smbclient //h/s -U u%'«kk93ab»'
lftp -u u,'«kk93ab»' ftp://h
mc alias set --insecure m https://h AK «kk93ab»
sqlcmd -S tcp:h,1433 -U u -P «kk93ab» -d x -i f
bcp t in f -S h -U u -P"«kk93ab»"
sshpass -p "«kk93ab»" rsync a b
ansible-vault encrypt_string '«kk93ab»'
mosquitto_passwd -b /f u «kk93ab»
rabbitmqctl add_user -- u «kk93ab»
rabbitmqctl change_password guest "«kk93ab»" && echo
nomad run -token=«kk93ab» x
consul members -token «kk93ab»
celery -b amqp://u:«kk93ab»@h// worker
celery --broker=redis://:«kk93ab»@h:6379/0 flower --basic_auth=u:«kk93bb»
gunicorn -e SECRET_KEY=«kk93ab» a:a
jupyter notebook --NotebookApp.token=«kk93ab»
jupyter lab --ServerApp.password='«kk93ab»'
code-server --auth password; PASSWORD=«kk93ab» code-server
minio server; MINIO_ROOT_PASSWORD=«kk93ab» minio server /data
filebrowser users add u «kk93ab»
traefik --entrypoints.x --api.basicauth.users=u:«kk93ab»
traefik.http.middlewares.a.basicauth.users=u:«$apr1$kk93$ab»
postgres://u:«kk93ab»@/x?host=/s
amqp://u:«kk%40ab»@h:5672/%2F
https://h/webhook/«kk93ab0123456789abcdef»
https://h/hooks/«kk93ab0123456789abcdef»
https://h/x?access_key=«kk93ab»
https://h/x?hmac=«kk93ab»
https://h/x?otp=«kk93ab»
https://h/x?authkey=«kk93ab»
https://h/x?api-key=«kk93ab»&y=1
https://h/x;token=«kk93ab»
wss://h/x?token=«kk93ab»
tcp://h:9000?username=u&password=«kk93ab»
jdbc:redshift://h/x?UID=u&PWD=«kk93ab»
jdbc:sqlserver://h;user=u;password={«kk93ab»}
Password=«kk93ab»;User=u
x-api-key:«kk93ab»
Authorization:Bearer «kk93ab»
Authorization: Api-Key «kk93ab»
Cookie:«session=kk93ab»
X-Access-Token: «kk93ab»
X-Webhook-Secret: «kk93ab»
""",
}

PLAIN = r"""
docker run -p 8080:80 nginx
docker run --user 1000:1000 -p 80:80 -e LOG_LEVEL=debug app
docker run -u root -w /app -v /data:/data app
docker exec -u root -it web sh
docker build -t app:1.2 --build-arg VERSION=1.2 .
docker compose -p project up -d
curl -f http://localhost:8080/health || exit 1
curl -fsS -o /dev/null http://localhost/ping
curl --fail --silent --max-time 5 http://localhost:3000/healthz?verbose=1
curl -u $USER:$PASS http://x
curl -b cookies.txt -c cookies.txt http://x
curl -H "Content-Type: application/json" -d '{"a": 1}' http://x
curl -H 'Accept: text/html' -A agent http://x
curl -k -L -sS https://example.com/install.sh | sh
curl --user 1000:1000 x
wget --no-verbose --tries=1 --spider http://localhost:8080/ || exit 1
wget -q -O - http://localhost/health
wget -U agent http://x
redis-cli ping
redis-cli -h redis -p 6379 ping
redis-server --save 60 1 --loglevel warning --appendonly yes
redis-server /etc/redis/redis.conf --port 6379
ls -a /data
cp -a /src /dst
grep -a pattern file
uname -a
tar -a -cf x.tar.gz y
mkdir -p /data/cache
mysql -h db -P 3306 -u root -e "select 1"
mysql --host=db --port=3306 --user=root
mysqladmin ping -h localhost
pg_isready -U postgres -d app -h localhost -p 5432
psql -U postgres -d app -c "select count(*) from users"
psql -h db -p 5432 -U app -w
mongosh --quiet --eval "db.adminCommand('ping')"
mongosh --host db --port 27017
mongod --bind_ip_all --replSet rs0
rabbitmq-diagnostics -q ping
rabbitmqctl status
rabbitmqctl add_vhost v
rabbitmqctl set_permissions -p / u ".*" ".*" ".*"
kafka-topics --bootstrap-server b:9092 --list
kafka-topics.sh --create --topic t --partitions 3 --replication-factor 1
etcdctl endpoint health
vault status -address=http://127.0.0.1:8200
vault server -config=/vault/config
vault kv get secret/app/db
consul agent -server -bootstrap-expect=1 -ui
aws s3 cp s3://bucket/key ./file
aws configure set region eu-west-1
aws configure set default.output json
aws ssm get-parameter --name /app/db/password --with-decryption
aws ssm put-parameter --name /app/level --value debug --type String
aws secretsmanager get-secret-value --secret-id app/db
aws ecs execute-command --cluster c --task t --command sh
npm config set registry https://npm.example.com/
npm run build --if-present
npm ci --omit=dev
yarn config set nodeLinker node-modules
git clone git@github.com:org/repo.git
git clone https://github.com/org/repo.git
git clone ssh://git@github.com/org/repo.git
git config user.name bot
git config credential.helper store
helm upgrade --install app chart --set replicas=2,image.tag=v1
helm -n ns list -a
kubectl -n ns get pods -o wide
kubectl create secret generic s --from-file=./x
kubectl config use-context prod
az acr build -r reg -t app:1 .
az login --identity
az group create -n g -l westeurope
openssl req -x509 -newkey rsa:4096 -keyout key.pem -out cert.pem -days 365 -nodes
openssl x509 -in cert.pem -noout -enddate
keytool -list -keystore /etc/ssl/store.jks
java -Xmx512m -Xms256m -jar /app/app.jar --server.port=8080
java -Djava.security.egd=file:/dev/./urandom -Dspring.profiles.active=prod -jar app.jar
java -Djavax.net.ssl.keyStore=/etc/ssl/store.jks -jar x.jar
python -m gunicorn app:app -w 4 -b 0.0.0.0:8000
gunicorn -k uvicorn.workers.UvicornWorker -w 4 app:app
uvicorn app.main:app --host 0.0.0.0 --port 80 --proxy-headers
celery -A app worker -l info -c 4
node --max-old-space-size=512 server.js
bundle exec puma -C config/puma.rb -p 3000 -w 2
php-fpm -F -R
nginx -g "daemon off;"
sh -c "while true; do sleep 5; done"
sh -c 'exec app --port "$PORT" --workers ${WORKERS:-2}'
bash -lc "cd /app && ./run.sh -p 8080 -u app"
echo hello | grep hello
echo ready | nc -l -p 8080
printf '%s\n' hello | tee /tmp/x
zip -r out.zip dir
unzip -q x.zip -d /opt
7z x a.7z -o/opt
ldapsearch -x -H ldap://h -b dc=x -s base
smbclient -L //h -N
lftp -e "mirror a b; quit" sftp://h
sqlcmd -S db -d app -i init.sql
ssh -p 2222 -i /key user@host
ssh-keygen -t ed25519 -f key -N ''
scp -P 2222 a user@host:/b
rsync -avz --delete a/ user@host:b/
htpasswd -c /etc/nginx/.htpasswd user
nc -z localhost 5432
gosu 1000:1000 app
su-exec app:app /entrypoint.sh
chown -R 1000:1000 /data
chmod 0644 /etc/x
useradd -m -u 1001 -s /bin/sh app
adduser -D -u 1001 app
apk add --no-cache curl
apt-get install -y --no-install-recommends ca-certificates
tail -f /dev/null
wait-for-it.sh db:5432 -t 60 -- app
dockerize -wait tcp://db:5432 -timeout 60s app
pip install -r requirements.txt --index-url https://index.example.com/simple
poetry config virtualenvs.create false
composer install --no-dev --optimize-autoloader
rails db:migrate
python manage.py migrate --noinput
flask run -h 0.0.0.0 -p 5000
traefik --providers.docker=true --entrypoints.web.address=:80
traefik.http.routers.web.rule=Host(`example.com`)
traefik.http.middlewares.auth.forwardauth.address=http://auth:9000
prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.retention.time=15d
https://example.com/search?page=2&sort=asc
https://example.com/?key=name&value=x
https://example.com/?code=200
https://example.com/a?b=c#section
https://user@example.com/
https://example.com/users/@me
https://example.com:8443/x
https://api.example.com/oauth/token
https://sso.example.com/realms/x/protocol/openid-connect/auth
https://example.com/reset-password
https://login.example.com/authorize?client_id=web&redirect_uri=https://x
https://discord.com/invite/abc
https://example.com/hooks/github
https://hooks.example.com/deploy
postgres://db.internal:5432/app
postgres://app@db.internal/app
jdbc:postgresql://db:5432/app?ssl=true
jdbc:oracle:thin:@//h:1521/x
amqp://rabbit:5672
redis://cache:6379/0
mongodb://db1,db2/app?replicaSet=rs0
tcp://0.0.0.0:2375
ssh://git@github.com/x/y
user@host
me@example.com
git@github.com:org/repo.git
image: nginx:1.25@sha256:0123456789abcdef
123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1.2.3
arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-AbCdEf
arn:aws:iam::123456789012:role/token-reader
level=info msg="started" port=8080 user=app
time=12:00 level=warn key=value component=auth
key=value
a=b;c=d
en_US.UTF-8
0.0.0.0:8080
08:00-17:00
*/5 * * * *
{"level": "info", "port": 8080}
{"name": "LOG_LEVEL", "value": "debug"}
[{"name": "LOG", "value": "x"}, {"name": "FIELD", "value": "y"}]
{"keys": ["a", "b"], "sort": "asc"}
{"max_tokens": 4096, "stop": ["\n"]}
log_level: debug\nport: 80
env:\n  - name: LOG_LEVEL\n    value: debug
[server]\nport = 80\nhost = "0.0.0.0"
<config><port>80</port><level>debug</level></config>
<add key="LogLevel" value="debug"/>
server { listen 80; location / { proxy_pass http://app:3000; } }
[ -f /tmp/ready ] && exit 0 || exit 1
[[ "$(curl -s localhost)" == "ok" ]]
if [ "$ENV" = "prod" ]; then run; fi
test -e /tmp/x
Content-Type: application/json
Accept: */*
Cache-Control: no-cache
X-Request-Id: abc
X-Forwarded-For: 10.0.0.1
Authorization: Bearer ${TOKEN}
Authorization: Basic $(cat /run/secret)
The token of the session is not checked here
Passwords are kept in Secrets Manager
see the secret key docs: https://example.com/secrets
select * from users where name = 'bob' order by id
CREATE TABLE t (id int, password text)
node:20-alpine
-Xms512m -Xmx512m -XX:+UseG1GC
--max-tokens=4096 --stop-token END
--password-file=/run/secrets/x --token-ttl 30m
--auth-type basic --auth-url http://auth
--private-key-path /etc/ssl/key.pem
--tls-key /etc/ssl/tls.key --tls-cert /etc/ssl/tls.crt
--ssl-key=/etc/ssl/tls.key
--credentials-file ~/.aws/credentials
"""
