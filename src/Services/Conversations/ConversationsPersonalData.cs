using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>What customers and agents wrote to one another.</summary>
internal sealed class ConversationsPersonalData(DataKeys keys, MediaFiles files) : IPersonalData
{
    private const string Words =
        """
        select m.at as At, m.author as Author, m.kind as Kind, m.body_cipher as Cipher, c.number as Number
        from conversations_messages m
        join conversations_conversations c on c.id = m.conversation_id
        where m.customer in @customers and m.author <> 'system'
        order by m.at, m.sequence
        """;

    private const string Emptied = "update conversations_messages set body_cipher = '', media_id = null where customer in @customers and kind in @kinds and (body_cipher <> '' or media_id is not null)";

    private const string Conversations = "select id from conversations_conversations where customer in @customers or (app_id in @apps and address in @openIds)";

    public string Name => "conversations";

    public IReadOnlyCollection<string> Tables => ["conversations_conversations", "conversations_messages", "conversations_media"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Words, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => new JsonObject
        {
            ["at"] = r.At, ["conversation"] = r.Number, ["by"] = EnumText<MessageAuthor>.Of(r.Author), ["kind"] = r.Kind,
            ["text"] = r.Cipher.Length == 0 ? "" : keys.Decrypt(r.Cipher),
        })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        var customers = subject.CustomerList();
        if (!what.IsEverything)
            return MessageKinds(what) is { Count: > 0 } kinds ? await Empty(tx, customers, kinds, ct).ConfigureAwait(false) : 0;
        var ids = await tx.Query<string>(Conversations, new { customers, apps = subject.AppIdList(), openIds = subject.OpenIdList() }, ct).ConfigureAwait(false);
        if (ids.Count == 0) return 0;
        await Forget(tx, await tx.Query<string>("select id from conversations_media where conversation_id in @ids", new { ids }, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        var erased = await tx.Execute("delete from conversations_messages where conversation_id in @ids", new { ids }, ct).ConfigureAwait(false);
        return erased + await tx.Execute("delete from conversations_conversations where id in @ids", new { ids }, ct).ConfigureAwait(false);
    }

    private async Task<long> Empty(Tx tx, IReadOnlyList<string> customers, List<string> kinds, CancellationToken ct)
    {
        const string Theirs = "select d.id from conversations_media d join conversations_messages m on m.id = d.message_id where m.customer in @customers and m.kind in @kinds";
        await Forget(tx, await tx.Query<string>(Theirs, new { customers, kinds }, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        return await tx.Execute(Emptied, new { customers, kinds }, ct).ConfigureAwait(false);
    }

    // With the row its key is gone, and the file is unreadable whatever happens next.
    private async Task Forget(Tx tx, IReadOnlyList<string> media, CancellationToken ct)
    {
        if (media.Count == 0) return;
        foreach (var ids in media.Chunk(500)) await tx.Execute("delete from conversations_media where id in @ids", new { ids }, ct).ConfigureAwait(false);
        tx.AfterCommit(() => files.Delete(media));
    }

    private static List<string> MessageKinds(ErasureScope what)
    {
        List<string> kinds = [];
        if (what.Includes(PersonalDataKind.Picture)) kinds.AddRange(["image", "video"]);
        if (what.Includes(PersonalDataKind.Voice)) kinds.Add("voice");
        if (what.Includes(PersonalDataKind.Place)) kinds.Add("location");
        if (what.Includes(PersonalDataKind.File)) kinds.Add("file");
        return kinds;
    }

    private sealed record Row
    {
        public required DateTimeOffset At { get; init; }
        public required MessageAuthor Author { get; init; }
        public required string Kind { get; init; }
        public required string Cipher { get; init; }
        public required string Number { get; init; }
    }
}
