-- What is known of a customer beside proven numbers: each field with who said it and when. value_hash is keyed; by it equal values are found.
-- replaced_hash is the word of another system that a person put right: repeated, it is no news.
create table if not exists customers_fields (
  customer_id char(32) character set ascii collate ascii_bin not null,
  field varchar(16) character set ascii collate ascii_bin not null check (field in ('name', 'phone', 'email', 'company', 'province', 'city', 'address')),
  value_cipher text character set ascii collate ascii_bin not null,
  value_hash char(64) character set ascii collate ascii_bin not null,
  origin varchar(16) character set ascii collate ascii_bin not null check (origin in ('customer', 'agent', 'wechat', 'import')),
  source varchar(32) character set ascii collate ascii_bin not null,
  at bigint not null,
  replaced_hash varchar(64) character set ascii collate ascii_bin not null default '',
  primary key (customer_id, field),
  index customers_fields_value (field, value_hash)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
