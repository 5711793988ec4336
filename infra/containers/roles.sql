-- Run once, by the image of PostgreSQL, as its superuser, when the volume is new. The applications
-- log in as ledger_app; ledger_owner owns the database and migrates it. Neither is a superuser; what
-- ledger_app may do is the migrations' business (V007__access.sql).

\getenv owner_password LEDGER_DATABASE_MIGRATION_PASSWORD
\getenv app_password LEDGER_DATABASE_PASSWORD

-- CREATEROLE: the migrations create the roles that the applications take on.
CREATE ROLE ledger_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE ledger_app LOGIN PASSWORD :'app_password';

CREATE DATABASE ledger OWNER ledger_owner;
REVOKE ALL ON DATABASE ledger FROM PUBLIC;
GRANT CONNECT ON DATABASE ledger TO ledger_app;
