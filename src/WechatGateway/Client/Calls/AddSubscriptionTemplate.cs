using System.Globalization;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>newtmpl/addtemplate: takes a subscription template into the account.</summary>
/// <param name="TitleId">Number of the title.</param>
/// <param name="KeywordIds">2 to 5 fields, in the order in which they are to stand.</param>
/// <param name="Scene">What it is for, at most 15 characters; customers see it when they are asked.</param>
public sealed record AddSubscriptionTemplate(int TitleId, IReadOnlyList<int> KeywordIds, string Scene) : WechatCall<SubscriptionTemplateAdded>
{
    /// <summary>2 to 5 fields.</summary>
    public IReadOnlyList<int> KeywordIds { get; } = Limit.Items(KeywordIds, 2, 5, nameof(KeywordIds));

    /// <summary>What it is for.</summary>
    public string Scene { get; } = Limit.Characters(Scene, 15, nameof(Scene));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/wxaapi/newtmpl/addtemplate");

    internal override HttpContent Content(WechatAccount account) =>
        Json(new AddSubscriptionBody(TitleId.ToString(CultureInfo.InvariantCulture), KeywordIds, Scene), WechatJson.Relaxed.AddSubscriptionBody);

    internal override SubscriptionTemplateAdded Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionTemplateAdded);
}

/// <summary>Body of newtmpl/addtemplate, one of the few whose names are not snake_case.</summary>
internal sealed record AddSubscriptionBody(
    [property: JsonPropertyName("tid")] string TitleId,
    [property: JsonPropertyName("kidList")] IReadOnlyList<int> KeywordIds,
    [property: JsonPropertyName("sceneDesc")] string Scene);

/// <summary>A subscription template that the account has now.</summary>
/// <param name="TemplateId">Its id in the account.</param>
public sealed record SubscriptionTemplateAdded([property: JsonPropertyName("priTmplId")] string TemplateId);
