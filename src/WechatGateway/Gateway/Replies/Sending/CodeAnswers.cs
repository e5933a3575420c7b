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
/// <param name="Code">The code.</param>
/// <param name="Owner">Whose it is; empty for the customer's own.</param>
internal sealed record ShownCode(WalletCode Code, string Owner);

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
        await questions.Keep(ask, Topic.Codes, new ListedCodes([.. shown.Select(c => c.Code.Saved.Id)]), ct).ConfigureAwait(false);
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
        return await Mark(ask, owners, listed.Ids[number - 1], ct).ConfigureAwait(false);
    }

    /// <summary>已取 3-2-1005: the one with this code was fetched; dashes and blanks do not matter.</summary>
    public async Task<Reply> Fetched(Ask ask, string code, CancellationToken ct)
    {
        var (owners, codes) = await Wallet(ask.Customer, ct).ConfigureAwait(false);
        return codes.FirstOrDefault(c => Plain(c.Code.Saved.Code) == Plain(code)) is { } meant
            ? await Mark(ask, owners, meant.Code.Saved.Id, ct).ConfigureAwait(false)
            : await List(ask, SendingTexts.CodeUnknown(code), ct).ConfigureAwait(false);
    }

    private async Task<Reply> Mark(Ask ask, IReadOnlyCollection<CustomerId> owners, string id, CancellationToken ct) =>
        await CodeWallet.Mark(db, clock, owners, id, fetched: true, ct).ConfigureAwait(false)
            ? await List(ask, SendingTexts.CodeFetched, ct).ConfigureAwait(false)
            : new Reply(SendingTexts.CodeGoesByItself);

    private static string Plain(string code) => code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private async Task<(IReadOnlyCollection<CustomerId> Owners, IReadOnlyList<ShownCode> Codes)> Wallet(CustomerId me, CancellationToken ct)
    {
        var family = await Family.Of(db, keys, me, ct).ConfigureAwait(false);
        CustomerId[] owners = [.. family.Select(m => m.Customer).Append(me).Distinct()];
        var codes = await PickupWallet.Of(db, keys, clock, owners, fetched: false, ct).ConfigureAwait(false);
        return (owners, [.. codes.Select(c => new ShownCode(c, c.Saved.Owner == me ? "" : family.FirstOrDefault(m => m.Customer == c.Saved.Owner)?.Name ?? ""))]);
    }
}

/// <summary>A message with pickup codes, or several of them, pasted: all are kept. 已取 1, 已取 3-2-1005: it was fetched.</summary>
internal sealed partial class PickupCodes(CodeAnswers codes, ParcelsOptions parcels, TimeProvider clock) : IReplyRule
{
    private const int Shortest = 8;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: > 1 } text || !ask.HasChinese) return null;
        if (Fetched().Match(ask.Words) is { Success: true } match) return await codes.Fetched(ask, match.Groups["n"].Value[0] - '0', ct).ConfigureAwait(false);
        if (FetchedCode().Match(ask.Words) is { Success: true } said && !ReadWaybills.In(ask.Words, parcels).Candidates.Any(c => c.Own))
            return await codes.Fetched(ask, said.Groups["code"].Value, ct).ConfigureAwait(false);
        if (text.Length < Shortest || Asks().IsMatch(text) || PastedCodes.Read(text, clock.GetUtcNow()) is not { Count: > 0 } pasted) return null;
        // A number of ours in it makes it a question about that parcel, which is in the wallet by itself.
        return ReadWaybills.In(text, parcels).Candidates.Any(c => c.Own) ? null : await codes.Keep(ask, pasted, ct).ConfigureAwait(false);
    }

    [GeneratedRegex("^(?:已经?|我)?(?:取走?了?|拿走?了?|领走?了?)(?:第)? *(?<n>[1-9])(?:个|号|件)?(?:了)?[。.!]?$")]
    private static partial Regex Fetched();

    [GeneratedRegex("^(?:已经?|我)?(?:取走?了?|拿走?了?|领走?了?)(?:取件码|货码)? *(?<code>[A-Za-z0-9][A-Za-z0-9-]{1,15})(?:了)?[。.!]?$")]
    private static partial Regex FetchedCode();

    [GeneratedRegex("[吗?？]|怎么|为什么|不对|打不开|没收到|取不出|无效|错误|过期了|丢了|投诉|查一下|帮我")]
    private static partial Regex Asks();
}
