using System.Globalization;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>template/api_set_industry: the two lines of business whose templates the account may use; once a month.</summary>
/// <param name="Primary">Number of the first in WeChat's list (所属行业).</param>
/// <param name="Deputy">Number of the second.</param>
public sealed record SetIndustry(int Primary, int Deputy) : WechatCall<Done>
{
    /// <summary>WeChat's number of the first.</summary>
    public int Primary { get; } = Limit.Range(Primary, 1, int.MaxValue, nameof(Primary));

    /// <summary>WeChat's number of the second.</summary>
    public int Deputy { get; } = Limit.Range(Deputy, 1, int.MaxValue, nameof(Deputy));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/template/api_set_industry");

    internal override HttpContent Content(WechatAccount account) => Json(new IndustryBody(Text(Primary), Text(Deputy)), WechatJson.Relaxed.IndustryBody);

    internal override Done Read(CallAnswer answer) => Done.Well;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Body of api_set_industry; WeChat wants the numbers as text.</summary>
internal sealed record IndustryBody([property: JsonPropertyName("industry_id1")] string First, [property: JsonPropertyName("industry_id2")] string Second);
