using System.Globalization;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>newtmpl/getpubtemplatekeywords: the fields that can be put under a title.</summary>
/// <param name="TitleId">Number of the title.</param>
public sealed record GetSubscriptionKeywords(int TitleId) : WechatCall<IReadOnlyList<SubscriptionKeyword>>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/wxaapi/newtmpl/getpubtemplatekeywords");

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("tid", TitleId.ToString(CultureInfo.InvariantCulture));

    internal override IReadOnlyList<SubscriptionKeyword> Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionKeywords).Data;
}

/// <summary>The answer of getpubtemplatekeywords.</summary>
internal sealed record SubscriptionKeywords(IReadOnlyList<SubscriptionKeyword> Data);

/// <summary>A field that can be put into a subscription template.</summary>
/// <param name="KeywordId">Its number under the title.</param>
/// <param name="Name">Its label.</param>
/// <param name="Example">An example of its value.</param>
/// <param name="Rule">What its values must be, such as thing or character_string.</param>
public sealed record SubscriptionKeyword([property: JsonPropertyName("kid")] int KeywordId, string Name, string Example, string Rule);
