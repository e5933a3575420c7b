using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Commands;

/// <summary>人工: opens a conversation, says honestly what happens next, and gives its number.</summary>
internal sealed class CallHuman(Db db, TimeProvider clock, CalendarsOptions calendars) : IChatCommand
{
    public const string CommandName = "human";

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct)
    {
        var topic = ask.Text is { Length: > 0 } text ? text : "人工";
        return (await RequestHuman.Execute(db, clock, calendars, ask.Customer, ask.Channel, topic, ask.Key, ct).ConfigureAwait(false)).Text;
    }
}
