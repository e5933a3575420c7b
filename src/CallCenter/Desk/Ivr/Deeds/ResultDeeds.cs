using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Conversations;

namespace Courier.CallCenter.Ivr;

/// <summary>Sends what the caller was told: to WeChat where the customer is known there, else to the mobile that calls.</summary>
internal sealed class SendResult(TellCaller tell) : Deed("result", NodeType.Send, "发到微信，没有微信则发短信",
    [new("wechat", "已发微信"), new("sms", "已发短信"), new("none", "发不了")])
{
    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        var text = call.Of("value") is { Length: > 0 } written ? written : call.Result;
        if (text.Length == 0) return "none";
        return await tell.Execute(call.Customer, call.Facts.CallerPhone, text, Key(call, text), ct).ConfigureAwait(false) switch
        {
            ToldBy.Wechat => "wechat",
            ToldBy.Sms => "sms",
            ToldBy.Nothing => "none",
        };
    }

    // The same text once a call, however often the key is pressed.
    private static string Key(FlowCall call, string text) => $"call:{call.Facts.CallId}:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16]}";
}

/// <summary>A wish of the caller that people must see to: it waits in the customer's conversation, once a call and kind.</summary>
internal abstract class WriteWish(string name, string title, Db db, DataKeys keys, CalendarsOptions calendars, TimeProvider clock) : Deed(
    name, NodeType.Conversation, title, [new("kept", "已登记"), new("unknown", "不认识来电人")], new NamedThing("case_number", "受理编号"))
{
    /// <inheritdoc />
    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (call.Customer is not { } customer) return "unknown";
        var topic = Topic(call);
        var key = $"call:{call.Facts.CallId}:{Name}";
        var handOff = await RequestHuman.Execute(db, clock, calendars, customer, ChannelAddress.Telephone, topic, key, ct).ConfigureAwait(false);
        await AddCustomerMessage.Execute(db, keys, clock, customer, ChannelAddress.Telephone, "text", topic, null, key, ct).ConfigureAwait(false);
        call.Keep("case_number", Voice.Spoken.Digits(handOff.Number));
        call.Result = handOff.Text;
        return "kept";
    }

    private string Topic(FlowCall call) =>
        $"{Title}：{call.Of("value")}{(call.Waybill is { } waybill ? $"（运单 {waybill}）" : "")}";
}

/// <summary>The caller complains.</summary>
internal sealed class Complain(Db db, DataKeys keys, CalendarsOptions calendars, TimeProvider clock) : WriteWish("complaint", "电话投诉", db, keys, calendars, clock);

/// <summary>The caller wants a parcel to be hurried up.</summary>
internal sealed class Urge(Db db, DataKeys keys, CalendarsOptions calendars, TimeProvider clock) : WriteWish("urge", "电话催件", db, keys, calendars, clock);

/// <summary>What the caller thinks of the call, 1 to 5 in <c>score</c>; kept with the call.</summary>
internal sealed class KeepScore(Db db) : Deed("survey.keep", NodeType.Lookup, "保存评分（数字在 score）", [new("kept", "已保存"), new("wrong", "不是 1 到 5")])
{
    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (call.Of("score") is not [>= '1' and <= '5'] score) return "wrong";
        await CallScores.Keep(db, call.Facts, score[0] - '0', ct).ConfigureAwait(false);
        return "kept";
    }
}
