using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.WechatGateway.Replies;

/// <summary>绑定手机 13800000001, the six digits of the SMS while a check is open, and 合并 or 不是我 when another account has proved the same number.</summary>
internal sealed class PhoneBinding(Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CustomersOptions customers) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        var said = ask.Words.TrimEnd('。', '.', '!');
        if (said is "合并") return await Merge(ask, ct).ConfigureAwait(false);
        if (said is "不是我" or "不是我的" or "不是本人" or "不是我本人" or "不是我的账号") return await Refuse(ask, ct).ConfigureAwait(false);
        if (CodeIn(ask.Words) is { } code) return await Finish(ask, code, ct).ConfigureAwait(false);
        foreach (var lead in (ReadOnlySpan<string>)["绑定手机号码", "绑定手机号", "绑定手机", "绑定电话", "绑定"])
            if (ask.Words.StartsWith(lead, StringComparison.Ordinal)) return await Start(ask, ask.Words[lead.Length..], ct).ConfigureAwait(false);
        return null;
    }

    private async Task<Reply?> Start(Ask ask, string rest, CancellationToken ct)
    {
        rest = rest.Trim(' ', ':', '+', ',', '。', '，');
        if (rest.Length == 0) return new Reply(Texts.BindHow);
        if (!Phone.TryParse(rest, out var phone) || !phone.IsMobile) return rest.Any(char.IsAsciiDigit) ? new Reply(Texts.BindNoPhone) : null;
        var outcome = await StartPhoneCheck.Execute(db, keys, clock, sms, ask.Customer, phone, ct).ConfigureAwait(false);
        return new Reply(outcome == StartPhoneCheck.Outcome.Sent ? Texts.CodeSent(phone) : Texts.NotSent(outcome));
    }

    private async Task<Reply?> Finish(Ask ask, string code, CancellationToken ct)
    {
        if (!await FinishPhoneCheck.PendingFor(db, clock, ask.Customer, ct).ConfigureAwait(false)) return null;
        var outcome = await FinishPhoneCheck.Execute(db, keys, clock, ask.Customer, null, code, ct).ConfigureAwait(false);
        if (outcome != FinishPhoneCheck.Outcome.Verified) return new Reply(Texts.Checked(outcome));
        var offered = await OfferMerge.Execute(db, clock, customers, ask.Customer, ct).ConfigureAwait(false);
        return new Reply(Texts.Checked(outcome) + (offered is null ? "" : "\n\n" + Texts.SamePhone(offered, customers.MergeOffer)));
    }

    private async Task<Reply?> Merge(Ask ask, CancellationToken ct)
    {
        if (!await OfferMerge.PendingFor(db, clock, ask.Customer, ct).ConfigureAwait(false)) return null;
        return new Reply(await OfferMerge.Confirm(db, clock, customers, ask.Customer, ct).ConfigureAwait(false) is null
            ? Texts.NotMerged
            : Texts.Merged(customers.UndoMergeDays));
    }

    private async Task<Reply?> Refuse(Ask ask, CancellationToken ct)
    {
        if (!await OfferMerge.PendingFor(db, clock, ask.Customer, ct).ConfigureAwait(false)) return null;
        await OfferMerge.Refuse(db, clock, ask.Customer, ct).ConfigureAwait(false);
        return new Reply(Texts.MergeRefused);
    }

    private static string? CodeIn(string words)
    {
        var code = words.StartsWith("验证码", StringComparison.Ordinal) ? words[3..].TrimStart('是', ':', ' ') : words;
        return code.Length == 6 && code.All(char.IsAsciiDigit) ? code : null;
    }
}
