using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>Forgets what was asked in the chat and never answered: addresses are among it.</summary>
internal sealed class PurgeOpenQuestions(Db db, TimeProvider clock) : IScheduledJob
{
    public Task Run(CancellationToken ct) => db.Execute("delete from wechat_open_questions where until <= @now", new { now = clock.GetUtcNow() }, ct);
}
