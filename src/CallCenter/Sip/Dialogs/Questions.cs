using Courier.Sip.Messages;
using Courier.Sip.Transactions;
using Courier.Sip.Transport;

namespace Courier.Sip.Dialogs;

/// <summary>A request whose final answer one waits for, or nobody.</summary>
internal sealed class Question : IResponseHandler
{
    private readonly TaskCompletionSource<SipResponse?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<SipResponse?> AskAsync(TransactionLayer layer, SipRequest request, Flow flow)
    {
        layer.Send(request, flow, this);
        return _answer.Task;
    }

    public void Responded(Outgoing request, SipResponse response)
    {
        if (!response.IsProvisional) _answer.TrySetResult(response);
    }

    public void Failed(Outgoing request, RequestFailure failure) => _answer.TrySetResult(null);
}

/// <summary>A request in a dialog. Its answer is told in the mailbox; no answer, 408 and 481 mean that the other end has lost the call (RFC 3261 §12.2.1.2).</summary>
internal sealed class InDialog(Leg leg, SipRequest request, Action<SipRequest, SipResponse> answered) : IResponseHandler
{
    public void Responded(Outgoing sent, SipResponse response)
    {
        if (response.IsProvisional) return;
        leg.Mailbox.Post(() =>
        {
            if (leg.State == LegState.Ended) return;
            if (response.Status is 408 or 481) leg.SayGoodbye(new LegOutcome(LegEnd.Vanished, response.Status));
            else answered(request, response);
        });
    }

    public void Failed(Outgoing sent, RequestFailure failure) => leg.Mailbox.Post(() =>
    {
        if (leg.State != LegState.Ended) leg.SayGoodbye(new LegOutcome(LegEnd.Vanished));
    });
}
