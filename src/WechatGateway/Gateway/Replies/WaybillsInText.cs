using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies;

/// <summary>Waybill numbers anywhere in a text, and the four digits of a phone that were asked for.</summary>
internal sealed class WaybillsInText(ParcelAnswers parcels, TailQuestions questions, ParcelsOptions options) : IReplyRule
{
    private static readonly string[] AboutParcels = ["查", "快递", "快件", "包裹", "单号", "运单", "物流", "到哪", "邮件", "没到", "没送", "不动", "卡住", "催", "什么时候", "能到", "没更新", "没动静"];

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: > 0 } text) return null;
        if (TailIn(ask.Words) is { } tail) return await Tail(ask, tail, ct).ConfigureAwait(false);
        var reading = ReadWaybills.In(text, options);
        if (!Asks(reading, ask.Words)) return null;
        var (words, anySeen) = await parcels.Look(ask, [.. reading.Candidates.Select(c => c.Number)], reading.PhoneTail, ct, reading.LeftOut).ConfigureAwait(false);
        return new Reply(!anySeen && IsLikeSmsCode(ask.Words) ? Texts.SixDigits : words);
    }

    // Six digits alone are rather the code of an SMS that came too late than somebody's parcel.
    private static bool IsLikeSmsCode(string words) => words.Length == 6 && words.All(char.IsAsciiDigit);

    private async Task<Reply?> Tail(Ask ask, string tail, CancellationToken ct)
    {
        var waybills = await questions.Open(ask.Account.AppId, ask.OpenId, ct).ConfigureAwait(false);
        return waybills.Count == 0 ? null : new Reply(await parcels.Of(ask, waybills, tail, ct).ConfigureAwait(false));
    }

    // A sentence with some number in it is no question for a parcel unless the number has the form of one, or the words are
    // about one. Whether there is such a parcel must not matter: the difference would tell it.
    private static bool Asks(WaybillReading reading, string text) =>
        reading.Candidates.Count > 0
        && (reading.OnlyNumbers || reading.Candidates.Any(c => c.Own || c.CheckDigitWrong || c.Guesses.Count > 0)
            || (AboutParcels.Any(word => text.Contains(word, StringComparison.Ordinal)) && !OutletQuestions.NamesPlaceByCode(text)));

    /// <summary>1234, 尾号1234, 后四位是1234, 手机尾号 1234。</summary>
    private static string? TailIn(string words)
    {
        var digits = words.TrimEnd('。', '.', '!', '！');
        foreach (var lead in (ReadOnlySpan<string>)["手机号", "手机", "电话"]) if (digits.StartsWith(lead, StringComparison.Ordinal)) digits = digits[lead.Length..];
        foreach (var lead in (ReadOnlySpan<string>)["后四位", "后4位", "尾号", "末四位"]) if (digits.StartsWith(lead, StringComparison.Ordinal)) digits = digits[lead.Length..];
        digits = digits.TrimStart('是', '为', ':', ' ');
        return digits.Length == 4 && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
