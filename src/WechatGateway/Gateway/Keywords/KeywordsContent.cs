using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Keywords;

/// <summary>The keyword table, in the order of its rows.</summary>
internal sealed record KeywordsContent
{
    /// <summary>The rows; the guidance shows its lines in their order.</summary>
    public IReadOnlyList<Keyword> Rows { get; init; } = [];

    /// <summary>Reads a table. What customers type is compared in its plain form, so the words are in that form, however they were typed.</summary>
    /// <exception cref="Http.BadInput">It cannot be read.</exception>
    public static KeywordsContent Read(string json)
    {
        var content = ContentJson.Read<KeywordsContent>(json);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < content.Rows.Count; i++)
        {
            if (content.Rows[i] is not { } row) throw ContentJson.Unreadable();
            if (!IsId(row.Id)) throw Wrong(i, Texts.IdWrong(i + 1));
            if (!seen.Add(row.Id)) throw Wrong(i, Texts.IdTwice(i + 1));
        }
        return content with { Rows = [.. content.Rows.Select(r => r with { Word = Ask.Plain(r.Word) })] };
    }

    public static string Write(IReadOnlyList<Keyword> rows) => ContentJson.Write(new KeywordsContent { Rows = [.. rows.Select(Clean)] });

    private static Http.BadInput Wrong(int row, string message) =>
        new(FormattableString.Invariant($"content.rows[{row}].id"), message, "wechat.keyword_id_invalid");

    private static bool IsId(string id) => id.Length == 32 && id.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    private static Keyword Clean(Keyword row) => row with
    {
        AppId = row.AppId.Trim(), TagId = row.AppId.Length == 0 ? 0 : row.TagId, Command = row.Command.Trim(),
        Reply = row.Reply.Trim(), Guide = row.Guide.Trim(), Group = row.Group.Trim(), Hours = row.Hours.Trim(),
    };
}
