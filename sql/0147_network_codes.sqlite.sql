-- Pickup codes of customers: pasted, or marks on parcels of their own. Code, place and carrier lie encrypted; same_key keeps a code from standing twice.
create table network_codes (
  id text not null primary key,
  customer_id text not null,
  same_key text not null,
  content_cipher text not null,
  received_at integer not null,
  free_until integer,
  expires_at integer not null,
  fetched_at integer,
  unique (customer_id, same_key)
) strict, without rowid;

create index network_codes_expired on network_codes (expires_at);

-- Families see each other's codes; a customer is in one at most.
create table network_family_members (
  id text not null primary key,
  family_id text not null,
  customer_id text not null unique,
  name_cipher text not null,
  owner integer not null default 0 check (owner in (0, 1)),
  joined_at integer not null
) strict, without rowid;

create index network_family_members_family on network_family_members (family_id);

create table network_family_invites (
  token_hash text not null primary key,
  family_id text not null,
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;

create index network_family_invites_family on network_family_invites (family_id);
create index network_family_invites_expired on network_family_invites (expires_at);

-- The core names lockers and outlets by what they are called.
create index network_lockers_name on network_lockers (name);
create index network_outlets_name on network_outlets (name);
