using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Network.Codes;
using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>Pickup codes as they were listed; empty for what goes by itself when it is signed for.</summary>
internal sealed record ListedCodes(IReadOnlyList<string> Ids);

/// <summary>A code of the wallet as it is shown.</summary>
/// <param name="Saved">The code.</param>
/// <param name="Owner">Whose it is; empty for the customer's own.</param>
internal sealed record ShownCode(SavedCode Saved, string Owner);

/// <summary>The wallet of pickup codes: pasted ones and waiting parcels, of the whole family, in the order of one walk.</summary>
internal sealed class CodeAnswers(Db db, DataKeys keys, TimeProvider clock, OpenQuestions questions, AppLinks links)
{
    private const int Most = 9;

    /// <summary>What waits.</summary>
    public async Task<Reply> List(Ask ask, string before, CancellationToken ct)
    {
        var (_, codes) = await Wallet(ask.Customer, ct).ConfigureAwait(false);
        if (codes.Count == 0) return new Reply(before + SendingTexts.NoCodes);
        var shown = codes.Take(Most).ToList();
        await questions.Keep(ask, Topic.Codes, new ListedCodes([.. shown.Select(c => c.Saved.Id)]), ct).ConfigureAwait(false);
        return new Reply(before + SendingTexts.Codes(shown, codes.Count, links.Codes, clock.GetUtcNow()));
    }

    /// <summary>Keeps the codes that were pasted, and shows the wallet.</summary>
    public async Task<Reply> Keep(Ask ask, IReadOnlyList<PastedCode> pasted, CancellationToken ct)
    {
        try
        {
            var kept = await CodeWallet.KeepAll(db, keys, clock, ask.Customer, pasted, ct).ConfigureAwait(false);
            return await List(ask, SendingTexts.CodesKept(kept), ct).ConfigureAwait(false);
        }
        catch (RuleBroken full)
        {
            return new Reply(full.Message);
        }
    }

    /// <summary>已取 1: it was fetched.</summary>
    public async Task<Reply> Fetched(Ask ask, int number, CancellationToken ct)
    {
        if (await questions.Find<ListedCodes>(ask, Topic.Codes, ct).ConfigureAwait(false) is not { } listed) return await List(ask, "", ct).ConfigureAwait(false);
        if (number > listed.Ids.Count) return await List(ask, "", ct).ConfigureAwait(false);
        var (owners, _) = await Wallet(ask.Customer, ct).ConfigureAwait(false);
        return await CodeWallet.Mark(db, clock, owners, listed.Ids[number - 1], fetched: true, ct).ConfigureAwait(false)
            ? await List(ask, SendingTexts.CodeFetched, ct).ConfigureAwait(false)
            : new Reply(SendingTexts.CodeGoesByItself);
    }

    private async Task<(IReadOnlyCollection<CustomerId> Owners, IReadOnlyList<ShownCode> Codes)> Wallet(CustomerId me, CancellationToken ct)
    {
        var family = await Family.Of(db, keys, me, ct).ConfigureAwait(false);
        CustomerId[] owners = [.. family.Select(m => m.Customer).Append(me).Distinct()];
        var pasted = await CodeWallet.Of(db, keys, clock, owners, fetched: false, ct).ConfigureAwait(false);
        var parcels = await WaitingParcels.Of(db, owners, ct).ConfigureAwait(false);
        var places = (await PickupPlaces.ByName(db, [.. parcels.Select(p => p.Place).Where(p => p.Length > 0).Distinct()], ct).ConfigureAwait(false))
            .GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var walk = CodeWallet.Walk([.. pasted, .. parcels.Select(p => new SavedCode(
            "parcel-" + p.Waybill.Text, p.Owner, p.Code ?? "", p.Place, "", p.Since, places.TryGetValue(p.Place, out var place) ? p.Since.AddHours(place.FreeHours) : null, null))]);
        return (owners, [.. walk.Select(c => new ShownCode(c, c.Owner == me ? "" : family.FirstOrDefault(m => m.Customer == c.Owner)?.Name ?? ""))]);
    }
}

/// <summary>A message with pickup codes, or several of them, pasted: all are kept. 已取 1: it was fetched.</summary>
internal sealed partial class PickupCodes(CodeAnswers codes, ParcelsOptions parcels) : IReplyRule
{
    private const int Shortest = 8;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: > 1 } text) return null;
        if (Fetched().Match(ask.Words) is { Success: true } match) return await codes.Fetched(ask, match.Groups["n"].Value[0] - '0', ct).ConfigureAwait(false);
        if (text.Length < Shortest || Asks().IsMatch(text) || PastedCodes.Read(text) is not { Count: > 0 } pasted) return null;
        // A number of ours in it makes it a question about that parcel, which is in the wallet by itself.
        return ReadWaybills.In(text, parcels).Candidates.Any(c => c.Own) ? null : await codes.Keep(ask, pasted, ct).ConfigureAwait(false);
    }

    [GeneratedRegex("^(?:已经?|我)?(?:取走?了?|拿走?了?|领走?了?)(?:第)? *(?<n>[1-9])(?:个|号|件)?(?:了)?[。.!]?$")]
    private static partial Regex Fetched();

    [GeneratedRegex("[吗?？]|怎么|为什么|不对|打不开|没收到|取不出|无效|错误|过期了|丢了|投诉|查一下|帮我")]
    private static partial Regex Asks();
}
