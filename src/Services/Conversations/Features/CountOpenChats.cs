using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>How busy agents are with chats.</summary>
public static class CountOpenChats
{
    /// <summary>How many conversations each agent has; who has none is absent.</summary>
    public static async Task<IReadOnlyDictionary<StaffId, int>> ByAgent(ISqlReader db, CancellationToken ct) =>
        (await db.Query<Row>("select agent as Agent, count(*) as Chats from conversations_conversations where owner = 'agent' group by agent", null, ct).ConfigureAwait(false))
            .ToDictionary(r => r.Agent, r => (int)r.Chats);

    private sealed record Row
    {
        public required StaffId Agent { get; init; }
        public required long Chats { get; init; }
    }
}
