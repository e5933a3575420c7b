-- What senders and recipients ask for while a parcel is on its way: another time or place, holding, turning it round, corrected parties.
create table if not exists parcels_directions (
  id char(32) character set ascii collate ascii_bin not null primary key,
  parcel_id char(32) character set ascii collate ascii_bin not null,
  version bigint not null,
  kind varchar(16) character set ascii collate ascii_bin not null check (kind in ('other_time', 'hold', 'other_address', 'locker', 'station', 'neighbour', 'intercept', 'correct')),
  side varchar(10) character set ascii collate ascii_bin not null check (side in ('sender', 'recipient')),
  customer_id char(32) character set ascii collate ascii_bin not null,
  detail_cipher varchar(3000) character set ascii collate ascii_bin not null,
  detail_hash char(64) character set ascii collate ascii_bin not null,
  state varchar(10) character set ascii collate ascii_bin not null check (state in ('asked', 'accepted', 'refused', 'undone')),
  asked_at bigint not null,
  decided_at bigint null,
  unique index parcels_directions_parcel (parcel_id, version),
  index parcels_directions_customer (customer_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
