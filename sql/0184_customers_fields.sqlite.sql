-- What is known of a customer beside proven numbers: each field with who said it and when. value_hash is keyed; by it equal values are found.
-- replaced_hash is the word of another system that a person put right: repeated, it is no news.
create table customers_fields (
  customer_id text not null,
  field text not null check (field in ('name', 'phone', 'email', 'company', 'province', 'city', 'address')),
  value_cipher text not null,
  value_hash text not null,
  origin text not null check (origin in ('customer', 'agent', 'wechat', 'import')),
  source text not null,
  at integer not null,
  replaced_hash text not null default '',
  primary key (customer_id, field)
) strict, without rowid;

create index customers_fields_value on customers_fields (field, value_hash);
