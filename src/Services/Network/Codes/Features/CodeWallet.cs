using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Network.Codes;

/// <summary>Pickup codes that customers keep, seen by the whole family.</summary>
public static class CodeWallet
{
    /// <summary>Codes that wait, of one customer, at most.</summary>
    public const int Most = 100;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    private static readonly string[] Columns = ["id", "customer_id", "same_key", "content_cipher", "received_at", "free_until", "expires_at"];

    /// <summary>The codes of these customers, in no order.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Open the codes.</param>
    /// <param name="clock">Tells what is over.</param>
    /// <param name="owners">Whose: the customer, or all of the family.</param>
    /// <param name="fetched">Those that were fetched instead of those that wait.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<SavedCode>> Of(ISqlReader db, DataKeys keys, TimeProvider clock, IReadOnlyCollection<CustomerId> owners, bool fetched, CancellationToken ct)
    {
        var rows = await db.Query<CodeRow>(
            $"select {CodeRow.Columns} from network_codes where customer_id in @owners and expires_at > @now and (fetched_at is not null) = @fetched",
            new { owners = owners.Select(o => o.Text).ToList(), now = clock.GetUtcNow(), fetched = fetched ? 1 : 0 }, ct).ConfigureAwait(false);
        return [.. rows.Select(r => r.Show(keys))];
    }

    /// <summary>
    /// Keeps a code; the same code at the same place is kept once, and one that was fetched waits again. What the text says anew of it (until when it lies there
    /// for nothing, carrier, waybill) counts from then on.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Whose.</param>
    /// <param name="pasted">The code.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="RuleBroken"><c>code.too_many</c>.</exception>
    public static async Task<KeptCode> Keep(Db db, DataKeys keys, TimeProvider clock, CustomerId me, PastedCode pasted, CancellationToken ct) =>
        (await KeepAll(db, keys, clock, me, [pasted], ct).ConfigureAwait(false))[0];

    /// <summary>Keeps codes as <see cref="Keep"/> does, all or none.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect them.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Whose.</param>
    /// <param name="pasted">The codes; one that stands there twice is kept once.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>In the order of the pasted ones.</returns>
    /// <exception cref="RuleBroken"><c>code.too_many</c>.</exception>
    public static async Task<IReadOnlyList<KeptCode>> KeepAll(Db db, DataKeys keys, TimeProvider clock, CustomerId me, IReadOnlyList<PastedCode> pasted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var codes = pasted.Select(p => (Key: CodeContent.SameKey(keys, p), Pasted: p)).DistinctBy(c => c.Key, StringComparer.Ordinal).ToList();
        var places = await PickupPlaces.ByName(db, [.. codes.Select(c => c.Pasted.Place).Where(p => p.Length > 0).Distinct()], ct).ConfigureAwait(false);
        var free = places.GroupBy(p => p.Name, StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => now.AddHours(g.First().FreeHours), StringComparer.Ordinal);
        DateTimeOffset? FreeUntil(PastedCode code) => code.FreeUntil ?? (free.TryGetValue(code.Place, out var until) ? until : null); // the text knows better
        return await db.InTransaction(async tx =>
        {
            var waiting = await tx.First<long>("select count(*) from network_codes where customer_id = @me and fetched_at is null and expires_at > @now", new { me, now }, ct).ConfigureAwait(false);
            if (waiting + codes.Count > Most) throw new RuleBroken("code.too_many", Texts.TooManyCodes);
            var ids = codes.ConvertAll(_ => Ids.New(clock));
            await tx.InsertRows("network_codes", Columns, codes.Select((c, i) => new object?[]
            {
                ids[i], me, c.Key, new CodeContent(c.Pasted.Code, c.Pasted.Place, c.Pasted.Carrier, c.Pasted.Waybill).Seal(keys), now, FreeUntil(c.Pasted), now + Kept,
            }), ifAbsent: true, ct).ConfigureAwait(false);
            var sameKeys = codes.ConvertAll(c => c.Key);
            var rows = await tx.Query<CodeRow>($"select {CodeRow.Columns} from network_codes where customer_id = @me and same_key in @sameKeys {tx.Dialect.ForUpdate}", new { me, sameKeys }, ct)
                .ConfigureAwait(false);
            var kept = rows.OrderBy(r => sameKeys.IndexOf(r.SameKey)).Select(r => ids.Contains(r.Id) ? (Row: r, IsNew: true, IsUpdated: false) : Again(r, codes[sameKeys.IndexOf(r.SameKey)].Pasted)).ToList();
            await tx.UpsertRows("network_codes", [.. Columns, "fetched_at"], kept.Where(k => !k.IsNew).Select(k => new object?[]
            {
                k.Row.Id, me, k.Row.SameKey, k.Row.Cipher, k.Row.ReceivedAt, k.Row.FreeUntil, now + Kept, null,
            }), "id", ["content_cipher", "free_until", "expires_at", "fetched_at"], ct).ConfigureAwait(false);
            return (IReadOnlyList<KeptCode>)[.. kept.Select(k => new KeptCode(k.Row.Show(keys), k.IsNew, k.IsUpdated))];
        }, ct).ConfigureAwait(false);

        (CodeRow Row, bool IsNew, bool IsUpdated) Again(CodeRow row, PastedCode said)
        {
            var was = CodeContent.Open(keys, row.Cipher);
            var content = was with { Carrier = said.Carrier.Length > 0 ? said.Carrier : was.Carrier, Waybill = said.Waybill.Length > 0 ? said.Waybill : was.Waybill };
            var freeUntil = IsNews(said, row, now) ? said.FreeUntil : row.FreeUntil;
            return (row with { Cipher = content == was ? row.Cipher : content.Seal(keys), FreeUntil = freeUntil, FetchedAt = null }, false, freeUntil != row.FreeUntil);
        }
    }

    // A span that was read before has run on since: it counts again only for what was fetched or is over, or when it ends earlier.
    private static bool IsNews(PastedCode said, CodeRow row, DateTimeOffset now) =>
        said.FreeUntil is { } until && (said.IsFreeUntilNamed || row.FreeUntil is not { } known || row.FetchedAt is not null || known <= now || until < known);

    /// <summary>A code was fetched, or was not after all; anybody of the family may say so.</summary>
    /// <returns>False when none of these customers has such a code.</returns>
    public static async Task<bool> Mark(Db db, TimeProvider clock, IReadOnlyCollection<CustomerId> owners, string id, bool fetched, CancellationToken ct) => await db.Execute(
        "update network_codes set fetched_at = @at where id = @id and customer_id in @owners and expires_at > @now",
        new { at = fetched ? clock.GetUtcNow() : (DateTimeOffset?)null, id, owners = owners.Select(o => o.Text).ToList(), now = clock.GetUtcNow() }, ct).ConfigureAwait(false) > 0;

    /// <summary>Takes a code of the customer's own out of the wallet.</summary>
    /// <returns>False when there is none.</returns>
    public static async Task<bool> Delete(Db db, CustomerId me, string id, CancellationToken ct) =>
        await db.Execute("delete from network_codes where id = @id and customer_id = @me", new { id, me }, ct).ConfigureAwait(false) > 0;
}

/// <summary>A code that was kept.</summary>
/// <param name="Code">As it stands in the wallet.</param>
/// <param name="IsNew">False when it stood there already.</param>
/// <param name="IsUpdated">It stood there already, and the time until when it lies there for nothing is another now.</param>
public sealed record KeptCode(SavedCode Code, bool IsNew, bool IsUpdated);
