-- Each night's anchor of the chains of consents: a digest over all chains as they were at that moment, sealed with a key that is not in the database, and with
-- the seal before it. Whoever writes the database alone can hash a chain anew, but not fit it to the anchors.
create table customers_consent_anchors (
  at integer not null primary key,
  chains integer not null,
  entries integer not null,
  digest text not null,
  previous text not null,
  seal text not null
) strict;
