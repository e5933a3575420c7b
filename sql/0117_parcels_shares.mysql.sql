-- Links that show a parcel to others: one a parcel and customer. The token is looked up by its hash; it lies encrypted so that the same link can be given again.
create table if not exists parcels_shares (
  parcel_id char(32) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null,
  token_hash char(64) character set ascii collate ascii_bin not null unique,
  token_cipher varchar(300) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint null,
  opened bigint not null default 0,
  opened_at bigint null,
  primary key (parcel_id, customer_id),
  index parcels_shares_expired (expires_at),
  index parcels_shares_customer (customer_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
