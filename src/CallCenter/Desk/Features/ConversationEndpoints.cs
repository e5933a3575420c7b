using System.Text;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Conversations with customers: agents take, answer and close them; supervisors see everybody's.</summary>
internal static class ConversationEndpoints
{
    private const int Listed = 100, MessagesAtOnce = 200;

    // WeChat refuses a longer text; the agent learns it while it can still be split.
    private const int LongestReplyBytes = 2048;

    public static void Map(IEndpointRouteBuilder desk)
    {
        var conversations = desk.MapGroup("/conversations").ForStaff(RoleNames.Agent, RoleNames.Supervisor);
        conversations.MapGet("", List);
        conversations.MapGet("/{id}/messages", Read);
        conversations.MapGet("/{id}/messages/{message}/medium", Look);
        conversations.MapPost("/{id}/take", Take);
        conversations.MapPost("/{id}/replies", Reply);
        conversations.MapPost("/{id}/close", Close);
    }

    private static async Task<ListView> List(bool? all, CurrentStaff me, Db db, DataKeys keys, CustomerAccesses accesses, CancellationToken ct)
    {
        StaffId? agent = all == true && me.Roles.Contains(RoleNames.Supervisor) ? null : StaffId.Parse(me.Id);
        var conversations = await ListConversations.Execute(db, keys, agent, Listed, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.ConversationList, conversations.Select(c => c.Customer), ct).ConfigureAwait(false);
        return new ListView([.. conversations.Select(c => ConversationView.Of(c, me.Id))]);
    }

    private static async Task<MessagesView> Read(string id, long? after, CurrentStaff me, Db db, DataKeys keys, CustomerAccesses accesses, CancellationToken ct)
    {
        if (await CurrentConversation.CustomerOf(db, id, ct).ConfigureAwait(false) is { } customer) await accesses.Note(me, LookedAtWhat.Conversation, [customer], ct).ConfigureAwait(false);
        var messages = await ReadTranscript.Execute(db, keys, id, after ?? 0, MessagesAtOnce, ct).ConfigureAwait(false);
        return new MessagesView([.. messages.Select(MessageView.Of)]);
    }

    private static async Task<IResult> Look(
        string id, string message, HttpResponse response, CurrentStaff me, Db db, TimeProvider clock, MediaFiles files, CustomerAccesses accesses, CancellationToken ct)
    {
        var seen = await LookAtMedium.Execute(db, clock, files, id, message, StaffId.Parse(me.Id), me.Roles.Contains(RoleNames.Supervisor), ct).ConfigureAwait(false);
        if (seen is null) return Problems.NotFound();
        await accesses.Note(me, LookedAtWhat.Medium, [seen.Customer], ct).ConfigureAwait(false);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"; // a drawing may carry a script
        // Pictures are shown in the page; anything else is saved, never run.
        return seen.ContentType.StartsWith("image/", StringComparison.Ordinal)
            ? TypedResults.Bytes(seen.Content, seen.ContentType)
            : TypedResults.File(seen.Content, seen.ContentType, $"{message}.{(seen.ContentType == "audio/amr" ? "amr" : seen.ContentType == "audio/mpeg" ? "mp3" : "bin")}");
    }

    private static async Task<NoContent> Take(string id, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        await TakeConversation.Execute(db, clock, id, StaffId.Parse(me.Id), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ReplyView>> Reply(
        string id, ReplyBody body, IdempotencyKey key, CurrentStaff me, Db db, DataKeys keys, TimeProvider clock, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(body.Text)) throw new BadInput("text", Texts.ReplyEmpty);
        if (Encoding.UTF8.GetByteCount(body.Text) > LongestReplyBytes) throw new BadInput("text", Texts.ReplyTooLong);
        var message = await ReplyAsAgent.Execute(db, keys, clock, id, StaffId.Parse(me.Id), body.Text.Trim(), key.Text, ct).ConfigureAwait(false);
        return TypedResults.Ok(new ReplyView(message));
    }

    private static async Task<NoContent> Close(string id, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        await CloseConversation.Execute(db, clock, id, StaffId.Parse(me.Id), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    internal sealed record ListView(IReadOnlyList<ConversationView> Items);

    internal sealed record ConversationView(
        string Id, string Number, CustomerId Customer, ConversationOwner Owner, bool Mine, string Topic, DateTimeOffset QueuedAt, DateTimeOffset? LastMessageAt, string LastMessage)
    {
        public static ConversationView Of(ListedConversation c, string me) => new(
            c.Id, c.Number, c.Customer, c.Owner, c.Agent?.Text == me, Masking.PhonesIn(c.Topic), c.QueuedAt, c.LastMessageAt, Masking.PhonesIn(c.LastMessage));
    }

    internal sealed record MessagesView(IReadOnlyList<MessageView> Items);

    internal sealed record MessageView(string Id, long Sequence, MessageAuthor Author, string Kind, string Text, DateTimeOffset At, MediaState? Media)
    {
        public static MessageView Of(ConversationMessage m) => new(m.Id, m.Sequence, m.Author, m.Kind, Masking.PhonesIn(m.Text), m.At, m.Media);
    }

    internal sealed record ReplyBody(string Text)
    {
        public override string ToString() => "ReplyBody";
    }

    internal sealed record ReplyView(string Id);
}
