using System.Globalization;
using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>newtmpl/getpubtemplatetitles: the titles in WeChat's library of subscription templates, in pages.</summary>
/// <param name="CategoryIds">Categories of the account; at least one.</param>
/// <param name="Start">How many to pass over.</param>
/// <param name="Limit">1 to 30 titles.</param>
public sealed record FindSubscriptionTitles(IReadOnlyList<int> CategoryIds, int Start = 0, int Limit = FindSubscriptionTitles.Most) : WechatCall<SubscriptionTitlePage>
{
    /// <summary>Most titles of a page.</summary>
    public const int Most = 30;

    /// <summary>Categories of the account.</summary>
    public IReadOnlyList<int> CategoryIds { get; } = Calls.Limit.Items(CategoryIds, 1, int.MaxValue, nameof(CategoryIds));

    /// <summary>How many to pass over.</summary>
    public int Start { get; } = Calls.Limit.Range(Start, 0, int.MaxValue, nameof(Start));

    /// <summary>1 to 30 titles.</summary>
    public int Limit { get; } = Calls.Limit.Range(Limit, 1, Most, nameof(Limit));

    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/wxaapi/newtmpl/getpubtemplatetitles");

    internal override void AddQuery(QueryText query, WechatAccount account)
    {
        query.Add("ids", string.Join(',', CategoryIds));
        query.Add("start", Start.ToString(CultureInfo.InvariantCulture));
        query.Add("limit", Limit.ToString(CultureInfo.InvariantCulture));
    }

    internal override SubscriptionTitlePage Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.SubscriptionTitlePage);
}

/// <summary>A page of titles.</summary>
/// <param name="Count">Titles in all.</param>
/// <param name="Titles">Those of this page.</param>
public sealed record SubscriptionTitlePage(int Count, [property: JsonPropertyName("data")] IReadOnlyList<SubscriptionTitle> Titles);

/// <summary>A title in WeChat's library.</summary>
/// <param name="TitleId">Its number.</param>
/// <param name="Title">Its words.</param>
/// <param name="Type">2 for one message each consent, 3 for as many as wanted.</param>
public sealed record SubscriptionTitle([property: JsonPropertyName("tid")] int TitleId, string Title, int Type);
