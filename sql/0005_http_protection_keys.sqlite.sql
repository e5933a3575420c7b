create table http_protection_keys (
  id text not null primary key,
  name text not null,
  xml_cipher text not null,
  created_at integer not null
) strict, without rowid;
