-- Links that show a parcel to others: one a parcel and customer. The token is looked up by its hash; it lies encrypted so that the same link can be given again.
create table parcels_shares (
  parcel_id text not null,
  customer_id text not null,
  token_hash text not null unique,
  token_cipher text not null,
  created_at integer not null,
  expires_at integer not null,
  revoked_at integer,
  opened integer not null default 0,
  opened_at integer,
  primary key (parcel_id, customer_id)
) strict, without rowid;

create index parcels_shares_expired on parcels_shares (expires_at);
create index parcels_shares_customer on parcels_shares (customer_id);
