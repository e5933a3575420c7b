-- The agents' phones: what a phone must know to register, as hashes that have to be kept like passwords (encrypted).
create table if not exists calls_phones (
  phone_user varchar(40) character set ascii collate ascii_bin not null primary key,
  secret_cipher text not null,
  realm varchar(200) character set ascii collate ascii_bin not null,
  changed_by char(32) character set ascii collate ascii_bin not null,
  changed_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
