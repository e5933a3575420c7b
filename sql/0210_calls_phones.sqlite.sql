-- The agents' phones: what a phone must know to register, as hashes that have to be kept like passwords (encrypted).
create table calls_phones (
  phone_user text not null primary key,
  secret_cipher text not null,
  realm text not null,
  changed_by text not null,
  changed_at integer not null
) strict, without rowid;
