using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Commands;

/// <summary>退出人工: back to the bot, though nobody has answered yet.</summary>
internal sealed class LeaveHuman(Db db, TimeProvider clock) : IChatCommand
{
    public const string CommandName = "leave_human";

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct) =>
        await LeaveQueue.Execute(db, clock, ask.Customer, ct).ConfigureAwait(false) ? Texts.LeftHuman : Texts.NotWaiting;
}
