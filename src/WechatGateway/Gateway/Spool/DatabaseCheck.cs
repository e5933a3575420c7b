using System.Data.Common;
using Courier.Kernel.Data;

namespace Courier.WechatGateway.Spool;

/// <summary>Tells work that takes too long by itself from a database that is away.</summary>
internal sealed class DatabaseCheck(Db db)
{
    private const string Read = "select 1 from wechat_followers limit 1";
    private const string Write = "update wechat_followers set followed = followed where app_id = '' and openid = ''"; // nobody's row
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Does a short read come back at once?</summary>
    public async Task<bool> CanBeRead()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        return await Answers(db.First<long>(Read, null, limit.Token)).ConfigureAwait(false);
    }

    /// <summary>Does a write that changes nothing come back in the time that any command has?</summary>
    public Task<bool> CanBeWritten() => Answers(db.Execute(Write));

    private async Task<bool> Answers(Task statement)
    {
        try
        {
            await statement.ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException || db.IsAway(e))
        {
            return false;
        }
        catch (DbException)
        {
            return true; // it has something to say
        }
    }
}
