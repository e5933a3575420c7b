using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>msgrecord/getmsglist: what agents and customers said to each other within one day of China, in pages.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End: after the beginning, at most 24 hours, on the same day in China.</param>
/// <param name="AfterMessage">What the page before answered; 1 for the first page.</param>
/// <param name="Number">1 to 10 000 messages.</param>
public sealed record GetKfMessages(DateTimeOffset From, DateTimeOffset To, long AfterMessage = 1, int Number = GetKfMessages.Most) : WechatCall<KfMessagePage>
{
    /// <summary>Most messages of a page.</summary>
    public const int Most = 10_000;

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>End.</summary>
    public DateTimeOffset To { get; } = To > From && To.ToOffset(China).Date == From.ToOffset(China).Date
        ? To : throw new ArgumentException("The end must come after the beginning on the same day in China (65417).", nameof(To));

    /// <summary>1 to 10 000 messages.</summary>
    public int Number { get; } = Limit.Range(Number, 1, Most, nameof(Number));

    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/customservice/msgrecord/getmsglist");

    internal override bool IsRepeatable => true;

    internal override HttpContent Content(WechatAccount account) =>
        Json(new KfRecordBody(From.ToUnixTimeSeconds(), To.ToUnixTimeSeconds(), AfterMessage, Number), WechatJson.Relaxed.KfRecordBody);

    internal override KfMessagePage Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.KfMessagePage);
}

/// <summary>Body of getmsglist.</summary>
internal sealed record KfRecordBody(
    [property: JsonPropertyName("starttime")] long StartTime,
    [property: JsonPropertyName("endtime")] long EndTime,
    [property: JsonPropertyName("msgid")] long MessageId,
    int Number);

/// <summary>A page of what was said.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Number">How many.</param>
/// <param name="LastMessage">Asks for the next page.</param>
public sealed record KfMessagePage(
    [property: JsonPropertyName("recordlist")] IReadOnlyList<KfMessage> Messages, int Number, [property: JsonPropertyName("msgid")] long LastMessage);

/// <summary>Something that was said or done between a customer and an agent.</summary>
/// <param name="Worker">The agent's account.</param>
/// <param name="OpenId">The customer.</param>
/// <param name="OperCode">2002 the agent wrote, 2003 the customer wrote; 1000 to 1005 are the steps of a session.</param>
/// <param name="Time">When, in Unix seconds.</param>
/// <param name="Text">What was said.</param>
public sealed record KfMessage(
    string Worker, [property: JsonPropertyName("openid")] string OpenId, [property: JsonPropertyName("opercode")] int OperCode, long Time, string Text);
