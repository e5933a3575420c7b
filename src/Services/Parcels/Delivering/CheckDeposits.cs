using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>A parcel that a core's courier, locker or station wants to leave somewhere, unchecked.</summary>
public sealed record DepositReport
{
    /// <summary>The core's id of the attempt, 1 to 64 characters; the same id again is answered as before.</summary>
    public string? Id { get; init; }

    /// <summary>The parcel's number.</summary>
    public string? Waybill { get; init; }

    /// <summary>to_door, locker, station, front_door or neighbour.</summary>
    public string? Way { get; init; }

    /// <summary>S, M or L; left out when it was not measured.</summary>
    public string? Size { get; init; }

    /// <summary>Which locker or station, at most 100 characters.</summary>
    public string? Place { get; init; }

    /// <summary>Who wants to: <c>courier:…</c>, <c>locker:…</c> or <c>outlet:…</c>, at most 64 characters and no name of a person.</summary>
    public string? By { get; init; }
}

/// <summary>What was answered.</summary>
/// <param name="Id">The core's id of the attempt.</param>
/// <param name="Waybill">The parcel.</param>
/// <param name="Allowed">May it be left there? When not, it must not.</param>
/// <param name="Ground">Why.</param>
/// <param name="Text">The same in words.</param>
public sealed record DepositAnswer(string Id, WaybillNumber Waybill, bool Allowed, ConsentGround Ground, string Text);

/// <summary>What was asked, in order, without what was not understood.</summary>
/// <param name="Deposits">The answers.</param>
/// <param name="Rejected">Those that are unknown or malformed; they must not be left either.</param>
public sealed record DepositsAnswer(IReadOnlyList<DepositAnswer> Deposits, IReadOnlyList<BatchRejection> Rejected);

/// <summary>Stands in front of the deposits of a carrier core: each is answered, logged, and when the recipient did not agree, blocked and told.</summary>
public static class CheckDeposits
{
    /// <summary>Answers; the number of SQL statements does not depend on how many are asked for.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Open the addresses that are compared.</param>
    /// <param name="clock">Now.</param>
    /// <param name="core">The core's configured name.</param>
    /// <param name="reports">At most 1000; null for one that is no such object.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<DepositsAnswer> Execute(Db db, DataKeys keys, TimeProvider clock, string core, IReadOnlyList<DepositReport?> reports, CancellationToken ct)
    {
        var rejected = new List<BatchRejection>();
        var asked = new List<(int Index, WaybillNumber Waybill, Deposit Deposit)>(reports.Count);
        for (var i = 0; i < reports.Count; i++)
        {
            if (ReportCheck.Read(reports[i], core, out var waybill, out var deposit) is { } fault) rejected.Add(new(i, fault.Code, fault.Message));
            else asked.Add((i, waybill, deposit!));
        }
        return await db.InTransaction(async tx =>
        {
            var consents = await DeliveryConsents.Of(tx, keys, core, [.. asked.Select(a => a.Waybill)], ct).ConfigureAwait(false);
            var before = await DepositCheck.Answered(tx, [.. asked.Select(a => a.Deposit.Attempt!).Distinct()], ct).ConfigureAwait(false);
            var answers = asked.Where(a => consents.Knows(a.Waybill)).Select(a => (a.Waybill,
                Deposit: a.Deposit with { RecipientPhoneHash = consents.RecipientHash(a.Waybill) },
                Answer: before.GetValueOrDefault(a.Deposit.Attempt!) ?? consents.Of(a.Waybill, a.Deposit.Size, a.Deposit.Kind))).ToList();
            await DepositCheck.Log(tx, clock, [.. answers.Where(a => !before.ContainsKey(a.Deposit.Attempt!)).DistinctBy(a => a.Deposit.Attempt).Select(a => (a.Deposit, a.Answer))], ct)
                .ConfigureAwait(false);
            return new DepositsAnswer(
                [.. answers.Select(a => new DepositAnswer(a.Deposit.Attempt![(core.Length + 1)..], a.Waybill, a.Answer.IsAllowed, a.Answer.Ground, Texts.Way(a.Deposit.Kind, a.Answer, [], null)))],
                [.. rejected.Concat(asked.Where(a => !consents.Knows(a.Waybill)).Select(a => new BatchRejection(a.Index, "waybill.unknown", Texts.WaybillUnknown))).OrderBy(r => r.Index)]);
        }, ct).ConfigureAwait(false);
    }
}
