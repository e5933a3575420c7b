using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies;

/// <summary>绑定手机 13800000001, the six digits of the SMS while a check is open, and 合并 or 不是我 when another account has proved the same number.</summary>
internal sealed partial class PhoneBinding(Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CustomersOptions customers, OpenQuestions questions) : IReplyRule
{
    private const int LongestAnswer = 30;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words is { Length: > 0 and <= LongestAnswer })
        {
            var said = Politeness.Without(ask.Words);
            if (Agreed().Match(said) is { Success: true } yes) return await Merge(ask, yes.Groups["named"].Success, ct).ConfigureAwait(false);
            if (Refused().IsMatch(said)) return await Refuse(ask, ct).ConfigureAwait(false);
            if (Code().Match(said) is { Success: true } code) return await Finish(ask, code.Groups["first"].Value + code.Groups["second"].Value, ct).ConfigureAwait(false);
        }
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

    // 是的 may answer what was asked since; 合并 says what is meant.
    private async Task<Reply?> Merge(Ask ask, bool isNamed, CancellationToken ct)
    {
        if (!await OfferMerge.PendingFor(db, clock, ask.Customer, ct).ConfigureAwait(false)) return null;
        if (!isNamed && (await questions.Of(ask, ct).ConfigureAwait(false)).Count > 0) return null;
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

    [GeneratedRegex("^(?:(?:是的?|对的?|可以|同意|确认|确定),?)?(?:帮我|要)?(?<named>合并(?:一下|账号)?)$|^(?:(?:是的?|对的?),?)?(?:都?是我(?:的|本人的?)?|我?本人|是本人)$|^(?:是的?|对的?|确认|同意)$", RegexOptions.CultureInvariant)]
    private static partial Regex Agreed();

    [GeneratedRegex("^(?:不是我(?:的|本人|的账号)?|不是本人|(?:不|不要|不用|别|先不)合并)$", RegexOptions.CultureInvariant)]
    private static partial Regex Refused();

    // 验证码是 142 821
    [GeneratedRegex("^(?:(?:我的|我收到的|收到的?|短信|手机)*验证码)?(?:是|为)?[ :,]*(?<first>[0-9]{3})[ -]?(?<second>[0-9]{3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
