using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Conversations;

namespace Courier.Services.Notifications;

/// <summary>An agent has written, or has closed the conversation: the customer gets it where they wrote to us, in the order of writing.</summary>
internal sealed class PlanAnswers(DataKeys keys, IJobAlarm alarm, TimeProvider clock) : IBatchReaction<ConversationAnswered>
{
    public async Task Handle(IReadOnlyList<Delivery<ConversationAnswered>> batch, Tx tx, CancellationToken ct)
    {
        var answers = await AnswersToSend.Of(tx, keys, [.. batch.Select(d => d.Event.MessageId)], ct).ConfigureAwait(false);
        await PlanNotification.Execute(tx, keys, alarm, clock, [.. answers.Select(Plan)], ct).ConfigureAwait(false);
    }

    private static PlannedNotification Plan(AnswerToSend answer) => new(
        answer.Customer, NotificationKind.AgentReply, "conversation_message:" + answer.MessageId, answer.Text, TemplateKind: null, TemplateData: null, Url: null,
        OrderKey: "conversation:" + answer.ConversationId, answer.Sequence, answer.Channel.IsTelephone ? null : answer.Channel.AppId, answer.Channel.IsTelephone ? null : answer.Channel.Address);
}
