using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>Loads and saves conversations. Who changes one locks it first, so that changes of one conversation follow one another.</summary>
internal static class ConversationStore
{
    private static readonly string[] Columns =
        ["id", "number", "customer", "open_key", "owner", "channel", "app_id", "address", "topic", "version", "opened_at"];

    private const string Select =
        """
        select id, number, customer, owner, agent, channel, app_id as AppId, address, version, last_sequence as LastSequence, queued_at as QueuedAt
        from conversations_conversations
        """;

    private const string OpenOf = Select + "\nwhere open_key = @key";

    private const string ById = Select + "\nwhere id = @id";

    // The version is raised as the lock is taken; whoever then finds nothing to change has raised it in vain, which harms nobody.
    private const string LockOpen = "update conversations_conversations set version = version + 1 where open_key = @key";

    private const string LockById = "update conversations_conversations set version = version + 1 where id = @id";

    private const string Save =
        """
        update conversations_conversations
        set owner = @owner, agent = @agent, open_key = @openKey, queued_at = coalesce(@queuedAt, queued_at), taken_at = coalesce(@takenAt, taken_at),
          closed_at = coalesce(@closedAt, closed_at)
        where id = @id
        """;

    private const string Readdress =
        "update conversations_conversations set channel = @channel, app_id = @appId, address = @address, topic = case when @topic = '' then topic else @topic end where id = @id";

    private const string Append =
        """
        insert into conversations_messages (id, conversation_id, customer, sequence, author, agent, kind, body_cipher, media_id, client_key, at)
        values (@id, @conversation, @customer, @sequence, @author, @agent, @kind, @body, @media, @clientKey, @now)
        """;

    private const string Known =
        "select conversation_id as ConversationId, id as MessageId from conversations_messages where customer = @customer and author = @author and client_key = @clientKey";

    public static Task<Conversation?> Open(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        db.First<Conversation>(OpenOf, new { key = customer.Text }, ct);

    public static Task<Conversation?> Find(ISqlReader db, string id, CancellationToken ct) => db.First<Conversation>(ById, new { id }, ct);

    /// <summary>Locks a conversation that somebody of the staff names.</summary>
    /// <exception cref="RuleBroken"><c>conversation.unknown</c>.</exception>
    public static async Task<Conversation> Lock(Tx tx, string id, CancellationToken ct)
    {
        await tx.Execute(LockById, new { id }, ct).ConfigureAwait(false);
        return await Find(tx, id, ct).ConfigureAwait(false) ?? throw new RuleBroken("conversation.unknown", Texts.Unknown);
    }

    /// <summary>Works on the customer's open conversation under its lock; without one, begins one that the bot owns.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="to">Where the customer is answered from now on.</param>
    /// <param name="topic">What it is about; empty leaves it as it is.</param>
    /// <param name="work">What is done in the transaction.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<T> InOpen<T>(
        Db db, TimeProvider clock, CustomerId customer, ChannelAddress to, string topic, Func<Tx, Conversation, Task<T>> work, CancellationToken ct)
    {
        // Whoever finds the conversation begun by another one meanwhile goes back and takes its lock in a fresh transaction:
        // the failed insert holds a shared lock on MariaDB, and two such holders that both want more are a deadlock.
        for (string? number = null; ; number ??= await ConversationNumber.Next(db, clock, ct).ConfigureAwait(false))
        {
            var spare = number;
            var (done, result) = await db.InTransaction(async tx =>
            {
                var locked = await tx.Execute(LockOpen, new { key = customer.Text }, ct).ConfigureAwait(false) == 1
                    || (spare is not null && await Begin(tx, clock, customer, to, topic, spare, ct).ConfigureAwait(false) == 1);
                return locked
                    ? (true, await work(tx, await Readdressed(tx, customer, to, topic, ct).ConfigureAwait(false)).ConfigureAwait(false))
                    : (false, default(T)!);
            }, ct).ConfigureAwait(false);
            if (done) return result;
        }
    }

    /// <summary>Where a message with this key was kept before; null when it is new.</summary>
    public static Task<KeptMessage?> Kept(ISqlReader db, CustomerId customer, MessageAuthor author, string clientKey, CancellationToken ct) =>
        db.First<KeptMessage>(Known, new { customer, author, clientKey = Short(clientKey) }, ct);

    /// <summary>Appends a message to a locked conversation.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Add(Tx tx, TimeProvider clock, Conversation to, NewMessage message, CancellationToken ct)
    {
        var id = Ids.New(clock);
        await tx.Execute("update conversations_conversations set last_sequence = last_sequence + 1 where id = @id", new { id = to.Id }, ct).ConfigureAwait(false);
        var sequence = await tx.First<long>("select last_sequence from conversations_conversations where id = @id", new { id = to.Id }, ct).ConfigureAwait(false);
        await tx.Execute(Append, new
        {
            id, conversation = to.Id, customer = to.Customer, sequence, author = message.Author, agent = message.Agent, kind = message.Kind, body = message.Cipher,
            media = message.MediaId, clientKey = Short(message.ClientKey), now = clock.GetUtcNow(),
        }, ct).ConfigureAwait(false);
        return id;
    }

    /// <summary>Gives a locked conversation its next owner.</summary>
    public static async Task<Conversation> Move(Tx tx, TimeProvider clock, Conversation before, ConversationOwner to, StaffId? agent, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await tx.Execute(Save, new
        {
            id = before.Id, owner = to, agent, openKey = to == ConversationOwner.Closed ? null : before.Customer.Text,
            queuedAt = to == ConversationOwner.Queue ? now : null, takenAt = to == ConversationOwner.Agent ? now : null,
            closedAt = to == ConversationOwner.Closed ? now : null,
        }, ct).ConfigureAwait(false);
        if (to == ConversationOwner.Closed) await Complaints.End(tx, clock, before.Id, ct).ConfigureAwait(false);
        return before with { Owner = to, Agent = agent, QueuedAt = to == ConversationOwner.Queue ? now : before.QueuedAt };
    }

    // Keys of channels may be longer than the column.
    private static string Short(string clientKey) =>
        clientKey.Length <= 120 ? clientKey : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(clientKey)));

    private static Task<int> Begin(Tx tx, TimeProvider clock, CustomerId customer, ChannelAddress to, string topic, string number, CancellationToken ct) =>
        tx.InsertRows("conversations_conversations", Columns,
        [[
            Ids.New(clock), number, customer, customer.Text, EnumText<ConversationOwner>.Of(ConversationOwner.Bot), to.Channel, to.AppId, to.Address, topic, 1L,
            clock.GetUtcNow(),
        ]], ifAbsent: true, ct);

    private static async Task<Conversation> Readdressed(Tx tx, CustomerId customer, ChannelAddress to, string topic, CancellationToken ct)
    {
        var open = await Open(tx, customer, ct).ConfigureAwait(false) ?? throw new InvalidOperationException("the conversation that was just locked is gone");
        if (to.IsTelephone) to = new(open.Channel, open.AppId, open.Address); // whoever calls is still answered where they write
        await tx.Execute(Readdress, new { id = open.Id, channel = to.Channel, appId = to.AppId, address = to.Address, topic }, ct).ConfigureAwait(false);
        return open with { Channel = to.Channel, AppId = to.AppId, Address = to.Address };
    }
}

/// <summary>A message that is to be appended.</summary>
internal sealed record NewMessage(MessageAuthor Author, StaffId? Agent, string Kind, string Cipher, string? MediaId, string ClientKey)
{
    public static NewMessage Happened(string what, string clientKey) => new(MessageAuthor.System, null, what, "", null, clientKey);
}

/// <summary>Where a message was kept.</summary>
internal sealed record KeptMessage
{
    public required string ConversationId { get; init; }
    public required string MessageId { get; init; }
}

/// <summary>Speakable numbers: the day and a counter, unique over all processes.</summary>
internal static class ConversationNumber
{
    private const string Raise = "update conversations_counters set last = last + 1 where day = @day";

    /// <summary>The next number; one that is not used leaves a gap, which harms nobody.</summary>
    public static async Task<string> Next(Db db, TimeProvider clock, CancellationToken ct)
    {
        var day = ChinaTime.Day(clock.GetUtcNow()).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        while (true)
        {
            var last = await db.InTransaction(async tx =>
                await tx.Execute(Raise, new { day }, ct).ConfigureAwait(false) == 0
                    ? 0
                    : await tx.First<long>("select last from conversations_counters where day = @day", new { day }, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
            if (last > 0) return FormattableString.Invariant($"C{day}-{last:0000}");
            await db.InTransaction(tx => tx.InsertRows("conversations_counters", ["day", "last"], [[day, 0L]], ifAbsent: true, ct), ct).ConfigureAwait(false);
        }
    }
}
