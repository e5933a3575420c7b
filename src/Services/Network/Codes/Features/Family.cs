using System.Data.Common;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Network.Codes;

/// <summary>Somebody of a family.</summary>
/// <param name="Id">Id of the membership.</param>
/// <param name="Customer">Who.</param>
/// <param name="Name">What the others read: 妈妈.</param>
/// <param name="IsOwner">May this one send others away?</param>
/// <param name="JoinedAt">Since when.</param>
public sealed record FamilyMember(string Id, CustomerId Customer, string Name, bool IsOwner, DateTimeOffset JoinedAt);

/// <summary>Families, whose members see each other's pickup codes.</summary>
public static class Family
{
    /// <summary>Members of a family at most.</summary>
    public const int Most = 8;

    private static readonly TimeSpan InviteLife = TimeSpan.FromHours(24);

    private const string Members =
        "select id as Id, customer_id as Customer, name_cipher as Cipher, owner as IsOwner, joined_at as JoinedAt from network_family_members where family_id = @family order by joined_at, id";

    private const string Mine = "select family_id from network_family_members where customer_id = @me";

    /// <summary>The customer's family, the longest in it first; empty when there is none.</summary>
    public static async Task<IReadOnlyList<FamilyMember>> Of(ISqlReader db, DataKeys keys, CustomerId me, CancellationToken ct)
    {
        if (await db.First<string>(Mine, new { me }, ct).ConfigureAwait(false) is not { } family) return [];
        return [.. (await db.Query<Row>(Members, new { family }, ct).ConfigureAwait(false)).Select(r => new FamilyMember(r.Id, r.Customer, keys.Decrypt(r.Cipher), r.IsOwner, r.JoinedAt))];
    }

    /// <summary>Makes an invitation, good for a day and one person; who has no family begins one.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Protect names.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Who invites.</param>
    /// <param name="name">What the others are to read for the one who invites; counts only when a family begins.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="RuleBroken"><c>family.full</c>.</exception>
    public static async Task<(string Token, DateTimeOffset ExpiresAt)> Invite(Db db, DataKeys keys, TimeProvider clock, CustomerId me, string name, CancellationToken ct)
    {
        try
        {
            return await db.InTransaction(tx => Invite(tx, keys, clock, me, name, ct), ct).ConfigureAwait(false);
        }
        catch (DbException e) when (db.Dialect.IsUniqueViolation(e))
        {
            return await db.InTransaction(tx => Invite(tx, keys, clock, me, name, ct), ct).ConfigureAwait(false); // the family began at the same moment: now it is there
        }
    }

    /// <summary>Takes an invitation; it is used up. Who is alone in a family leaves it for this one.</summary>
    /// <returns>False alike for an invitation that is unknown, over or used up.</returns>
    /// <exception cref="RuleBroken"><c>family.already_in_one</c>, <c>family.full</c>.</exception>
    public static async Task<bool> Accept(Db db, DataKeys keys, TimeProvider clock, CustomerId me, string token, string name, CancellationToken ct)
    {
        if (!ShareToken.LooksRight(token)) return false;
        try
        {
            return await db.InTransaction(tx => Accept(tx, keys, clock, me, ShareToken.Hash(token), name, ct), ct).ConfigureAwait(false);
        }
        catch (DbException e) when (db.Dialect.IsUniqueViolation(e))
        {
            throw new RuleBroken("family.already_in_one", Texts.AlreadyInAFamily); // two invitations at the same moment
        }
    }

    /// <summary>Leaves the family; when the owner goes, the one who is longest in it takes over.</summary>
    /// <returns>False when there is none to leave.</returns>
    public static Task<bool> Leave(Db db, CustomerId me, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await tx.First<string>(Mine, new { me }, ct).ConfigureAwait(false) is not { } family) return false;
        await Remove(tx, family, me, ct).ConfigureAwait(false);
        return true;
    }, ct);

    /// <summary>The owner sends a member away.</summary>
    /// <returns>False when there is no such member, or the customer is not the owner.</returns>
    public static Task<bool> SendAway(Db db, CustomerId me, string memberId, CancellationToken ct) => db.InTransaction(async tx => await tx.Execute(
        "delete from network_family_members where id = @memberId and customer_id <> @me and family_id in (select family_id from (select family_id from network_family_members where customer_id = @me and owner = 1) mine)",
        new { memberId, me }, ct).ConfigureAwait(false) > 0, ct);

    private static async Task<(string Token, DateTimeOffset ExpiresAt)> Invite(Tx tx, DataKeys keys, TimeProvider clock, CustomerId me, string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var family = await tx.First<string>(Mine, new { me }, ct).ConfigureAwait(false);
        if (family is null) await Join(tx, keys, clock, family = Ids.New(clock), me, name, isOwner: true, ct).ConfigureAwait(false);
        if (await Count(tx, family, ct).ConfigureAwait(false) >= Most) throw new RuleBroken("family.full", Texts.FamilyFull);
        var token = ShareToken.New();
        await tx.InsertRows("network_family_invites", ["token_hash", "family_id", "created_at", "expires_at"], [[ShareToken.Hash(token), family, now, now + InviteLife]], ct: ct).ConfigureAwait(false);
        return (token, now + InviteLife);
    }

    private static async Task<bool> Accept(Tx tx, DataKeys keys, TimeProvider clock, CustomerId me, string hash, string name, CancellationToken ct)
    {
        var family = await tx.First<string>($"select family_id from network_family_invites where token_hash = @hash and expires_at > @now {tx.Dialect.ForUpdate}", new { hash, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        if (family is null) return false;
        var old = await tx.First<string>(Mine, new { me }, ct).ConfigureAwait(false);
        if (old == family) return true;
        var count = await Count(tx, family, ct).ConfigureAwait(false);
        if (count == 0) return false; // all have left
        if (count >= Most) throw new RuleBroken("family.full", Texts.FamilyFull);
        if (old is not null && await Count(tx, old, ct).ConfigureAwait(false) > 1) throw new RuleBroken("family.already_in_one", Texts.AlreadyInAFamily);
        if (old is not null) await Remove(tx, old, me, ct).ConfigureAwait(false);
        await Join(tx, keys, clock, family, me, name, isOwner: false, ct).ConfigureAwait(false);
        await tx.Execute("delete from network_family_invites where token_hash = @hash", new { hash }, ct).ConfigureAwait(false);
        return true;
    }

    private static Task<int> Join(Tx tx, DataKeys keys, TimeProvider clock, string family, CustomerId me, string name, bool isOwner, CancellationToken ct) => tx.InsertRows(
        "network_family_members", ["id", "family_id", "customer_id", "name_cipher", "owner", "joined_at"],
        [[Ids.New(clock), family, me, keys.Encrypt(name), isOwner ? 1 : 0, clock.GetUtcNow()]], ct: ct);

    internal static async Task Remove(Tx tx, string family, CustomerId who, CancellationToken ct)
    {
        await tx.Execute("delete from network_family_members where family_id = @family and customer_id = @who", new { family, who }, ct).ConfigureAwait(false);
        var left = await tx.Query<Row>(Members, new { family }, ct).ConfigureAwait(false);
        if (left.Count == 0) await tx.Execute("delete from network_family_invites where family_id = @family", new { family }, ct).ConfigureAwait(false);
        else if (!left.Any(m => m.IsOwner)) await tx.Execute("update network_family_members set owner = 1 where id = @Id", new { left[0].Id }, ct).ConfigureAwait(false);
    }

    // Locks the members, so that of two who join at once the second counts the first.
    private static async Task<int> Count(Tx tx, string family, CancellationToken ct) =>
        (await tx.Query<string>($"select id from network_family_members where family_id = @family {tx.Dialect.ForUpdate}", new { family }, ct).ConfigureAwait(false)).Count;

    private sealed record Row
    {
        public required string Id { get; init; }
        public required CustomerId Customer { get; init; }
        public required string Cipher { get; init; }
        public required bool IsOwner { get; init; }
        public required DateTimeOffset JoinedAt { get; init; }
    }
}
