using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;

namespace Courier.Services.Customers;

/// <summary>A parcel that somebody wants to leave somewhere.</summary>
/// <param name="Kind">Where.</param>
/// <param name="Waybill">Which parcel.</param>
/// <param name="RecipientPhoneHash">Keyed hash of the recipient's number; empty when <see cref="Recipient"/> is known.</param>
/// <param name="By">Who wants to: <c>courier:…</c>, <c>locker:…</c>, <c>outlet:…</c>; no name of a person.</param>
public sealed record Deposit(ConsentKind Kind, string Waybill, string RecipientPhoneHash, string By)
{
    /// <summary>The recipient, when known as a customer; goes before the number.</summary>
    public CustomerId? Recipient { get; init; }

    /// <summary>The address of the recipient's address book that the parcel goes to; null when it is none of them.</summary>
    public string? AddressId { get; init; }

    /// <summary>The parcel's size; null when unknown.</summary>
    public ParcelSize? Size { get; init; }

    /// <summary>Which locker or station; a name or code of ours.</summary>
    public string Place { get; init; } = "";

    /// <summary>Did the recipient choose this for this very parcel (redirection to the locker, an order to it)? Then nothing else counts.</summary>
    public bool ChosenForThisParcel { get; init; }

    /// <summary>Whoever asks names the attempt, so that asking again is answered as before and logged once; null when nobody asks again.</summary>
    public string? Attempt { get; init; }
}

/// <summary>A parcel was not left somewhere, because the recipient did not agree to it.</summary>
/// <param name="Waybill">The parcel.</param>
/// <param name="Kind">Where it was not left.</param>
/// <param name="Ground">Why.</param>
/// <param name="By">Who wanted to.</param>
/// <param name="Version">Unix milliseconds.</param>
[EventName("customer.deposit_blocked.v1")]
public sealed record DepositBlocked(string Waybill, ConsentKind Kind, ConsentGround Ground, string By, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "deposit:" + Waybill;
}

/// <summary>
/// Stands in front of every deposit: leaving a parcel in a locker, at a station or elsewhere without the recipient's consent is forbidden
/// (快递市场管理办法 2024, article 28). Each look is logged; a blocked one is told to others.
/// </summary>
public static class DepositCheck
{
    private static readonly string[] Columns =
        ["id", "at", "kind", "waybill", "customer_id", "phone_hash", "size", "place", "done_by", "is_allowed", "ground", "attempt"];

    /// <summary>May it be left there? When not, the caller leaves it not.</summary>
    public static Task<ConsentAnswer> Execute(Db db, TimeProvider clock, Deposit deposit, CancellationToken ct) =>
        db.InTransaction(tx => Execute(tx, clock, deposit, ct), ct);

    /// <summary>The same inside the caller's transaction.</summary>
    public static async Task<ConsentAnswer> Execute(Tx tx, TimeProvider clock, Deposit deposit, CancellationToken ct)
    {
        var answer = await Ask(tx, deposit, ct).ConfigureAwait(false);
        await Log(tx, clock, [(deposit, answer)], ct).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Keeps what was asked and answered, and tells of what was blocked.</summary>
    internal static async Task Log(Tx tx, TimeProvider clock, IReadOnlyList<(Deposit Deposit, ConsentAnswer Answer)> looks, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await tx.InsertRows("customers_deposits", Columns, looks.Select(l => new object?[]
        {
            Ids.New(clock), now, l.Deposit.Kind, l.Deposit.Waybill, l.Deposit.Recipient?.Text ?? "", l.Deposit.RecipientPhoneHash, Consents.SizeText(l.Deposit.Size), Cut(l.Deposit.Place, 200),
            Cut(l.Deposit.By, 100), l.Answer.IsAllowed, l.Answer.Ground, l.Deposit.Attempt,
        }), ifAbsent: true, ct).ConfigureAwait(false);
        await tx.Publish([.. looks.Where(l => !l.Answer.IsAllowed)
            .Select(l => new DepositBlocked(l.Deposit.Waybill, l.Deposit.Kind, l.Answer.Ground, Cut(l.Deposit.By, 100), now.ToUnixTimeMilliseconds()))], ct).ConfigureAwait(false);
    }

    /// <summary>How attempts were answered before; those that were never made are absent.</summary>
    internal static async Task<IReadOnlyDictionary<string, ConsentAnswer>> Answered(ISqlReader db, IReadOnlyCollection<string> attempts, CancellationToken ct) =>
        attempts.Count == 0 ? new Dictionary<string, ConsentAnswer>()
        : (await db.Query<AnsweredRow>("select attempt as Attempt, ground as Ground from customers_deposits where attempt in @attempts", new { attempts }, ct).ConfigureAwait(false))
            .ToDictionary(r => r.Attempt, r => ConsentAnswer.Of(r.Ground), StringComparer.Ordinal);

    /// <summary>What was blocked, the latest first; for the desk.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="before">Only with a smaller id; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<IReadOnlyList<LoggedDeposit>> Blocked(ISqlReader db, string? before, int limit, CancellationToken ct) => db.Query<LoggedDeposit>(
        """
        select id as Id, at as At, kind as Kind, waybill as Waybill, size as Size, place as Place, done_by as DoneBy, ground as Ground
        from customers_deposits
        where is_allowed = 0 and (@before is null or id < @before)
        order by id desc
        limit @limit
        """, new { before, limit = Math.Clamp(limit, 1, 100) }, ct);

    private static Task<ConsentAnswer> Ask(Tx tx, Deposit deposit, CancellationToken ct) =>
        deposit.ChosenForThisParcel ? Task.FromResult(ConsentAnswer.Of(ConsentGround.Chosen))
        : deposit.Recipient is { } customer ? Consents.Allows(tx, customer, deposit.AddressId, deposit.Size, deposit.Kind, ct)
        : Consents.Allows(tx, deposit.RecipientPhoneHash, deposit.AddressId, deposit.Size, deposit.Kind, ct);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];

    private sealed record AnsweredRow
    {
        public required string Attempt { get; init; }
        public required ConsentGround Ground { get; init; }
    }
}

/// <summary>A deposit that was looked at.</summary>
public sealed record LoggedDeposit
{
    /// <summary>Id; grows with time.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it was to be left.</summary>
    public required ConsentKind Kind { get; init; }

    /// <summary>The parcel.</summary>
    public required string Waybill { get; init; }

    /// <summary>Its size; empty when unknown.</summary>
    public required string Size { get; init; }

    /// <summary>Which locker or station.</summary>
    public required string Place { get; init; }

    /// <summary>Who wanted to.</summary>
    public required string DoneBy { get; init; }

    /// <summary>Why it was not left.</summary>
    public required ConsentGround Ground { get; init; }
}
