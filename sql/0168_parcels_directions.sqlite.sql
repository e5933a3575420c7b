-- What senders and recipients ask for while a parcel is on its way: another time or place, holding, turning it round, corrected parties.
create table parcels_directions (
  id text not null primary key,
  parcel_id text not null,
  version integer not null,
  kind text not null check (kind in ('other_time', 'hold', 'other_address', 'locker', 'station', 'neighbour', 'intercept', 'correct')),
  side text not null check (side in ('sender', 'recipient')),
  customer_id text not null,
  detail_cipher text not null,
  detail_hash text not null,
  state text not null check (state in ('asked', 'accepted', 'refused', 'undone')),
  asked_at integer not null,
  decided_at integer
) strict, without rowid;

create unique index parcels_directions_parcel on parcels_directions (parcel_id, version);
create index parcels_directions_customer on parcels_directions (customer_id);
