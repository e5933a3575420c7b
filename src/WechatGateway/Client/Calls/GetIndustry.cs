using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>template/get_industry: the two lines of business of the account.</summary>
public sealed record GetIndustry : WechatCall<AccountIndustries>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/template/get_industry");

    internal override AccountIndustries Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.AccountIndustries);
}

/// <summary>The lines of business of an account.</summary>
/// <param name="Primary">The first; null when none is set.</param>
/// <param name="Deputy">The second; null when none is set.</param>
public sealed record AccountIndustries(
    [property: JsonPropertyName("primary_industry")] Industry? Primary = null,
    [property: JsonPropertyName("secondary_industry")] Industry? Deputy = null);

/// <summary>A line of business, such as 物流 and 快递.</summary>
/// <param name="FirstClass">The wider name.</param>
/// <param name="SecondClass">The narrower name.</param>
public sealed record Industry(string FirstClass, string SecondClass);
