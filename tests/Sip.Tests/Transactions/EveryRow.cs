using System.Globalization;
using Courier.Sip.Messages;
using Courier.Sip.Tests.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Tests.Transactions;

/// <summary>
/// Every state of the four transactions with every input (RFC 3261 figures 5 to 8, RFC 6026 figures 1 and 2): what is done, and where it
/// leads. Inputs: <c>start</c>; a status that comes or goes; <c>again</c>, the request once more; <c>ack</c>; <c>lost</c>, the way breaks; a timer's letter.
/// </summary>
public sealed class EveryRow
{
    [Theory]
    [InlineData("", "start", "send INVITE, start A 0.5, start B 32", TransactionState.Calling)]
    [InlineData("start", "A", "send INVITE, start A 1", TransactionState.Calling)]
    [InlineData("start A A A A A", "A", "send INVITE, start A 32", TransactionState.Calling)]
    [InlineData("start", "B", "timed out, end", TransactionState.Terminated)]
    [InlineData("start", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start", "180", "stop A, stop B, up 180", TransactionState.Proceeding)]
    [InlineData("start", "200", "stop A, stop B, up 200, start M 32", TransactionState.Accepted)]
    [InlineData("start", "486", "stop A, stop B, send ACK, up 486, start D 32", TransactionState.Completed)]
    [InlineData("start 180", "183", "up 183", TransactionState.Proceeding)]
    [InlineData("start 180", "200", "up 200, start M 32", TransactionState.Accepted)]
    [InlineData("start 180", "603", "send ACK, up 603, start D 32", TransactionState.Completed)]
    [InlineData("start 180", "A", "", TransactionState.Proceeding)]
    [InlineData("start 180", "B", "", TransactionState.Proceeding)]
    [InlineData("start 180", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start 200", "200", "up 200", TransactionState.Accepted)]
    [InlineData("start 200", "180", "", TransactionState.Accepted)]
    [InlineData("start 200", "486", "", TransactionState.Accepted)]
    [InlineData("start 200", "lost", "", TransactionState.Accepted)]
    [InlineData("start 200", "M", "end", TransactionState.Terminated)]
    [InlineData("start 486", "486", "send ACK", TransactionState.Completed)]
    [InlineData("start 486", "180", "", TransactionState.Completed)]
    [InlineData("start 486", "200", "", TransactionState.Completed)]
    [InlineData("start 486", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start 486", "D", "end", TransactionState.Terminated)]
    [InlineData("start 486", "M", "", TransactionState.Completed)]
    public void An_INVITE_that_is_sent(string before, string input, string expected, TransactionState state) =>
        Check(new InviteClient(Invite, false, TimerSettings.Default), before, input, expected, state);

    [Theory]
    [InlineData("", "start", "send INVITE, start B 32", TransactionState.Calling)]
    [InlineData("start", "486", "stop A, stop B, send ACK, up 486, end", TransactionState.Terminated)]
    [InlineData("start", "200", "stop A, stop B, up 200, start M 32", TransactionState.Accepted)]
    public void An_INVITE_that_is_sent_over_a_connection(string before, string input, string expected, TransactionState state) =>
        Check(new InviteClient(Invite, true, TimerSettings.Default), before, input, expected, state);

    [Theory]
    [InlineData("", "start", "send BYE, start E 0.5, start F 32", TransactionState.Trying)]
    [InlineData("start", "E", "send BYE, start E 1", TransactionState.Trying)]
    [InlineData("start E E", "E", "send BYE, start E 4", TransactionState.Trying)]
    [InlineData("start E E E", "E", "send BYE, start E 4", TransactionState.Trying)]
    [InlineData("start", "F", "timed out, end", TransactionState.Terminated)]
    [InlineData("start", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start", "100", "up 100", TransactionState.Proceeding)]
    [InlineData("start", "200", "up 200, stop E, stop F, start K 5", TransactionState.Completed)]
    [InlineData("start", "404", "up 404, stop E, stop F, start K 5", TransactionState.Completed)]
    [InlineData("start 100", "E", "send BYE, start E 4", TransactionState.Proceeding)]
    [InlineData("start 100", "100", "up 100", TransactionState.Proceeding)]
    [InlineData("start 100", "200", "up 200, stop E, stop F, start K 5", TransactionState.Completed)]
    [InlineData("start 100", "F", "timed out, end", TransactionState.Terminated)]
    [InlineData("start 100", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start 200", "200", "", TransactionState.Completed)]
    [InlineData("start 200", "E", "", TransactionState.Completed)]
    [InlineData("start 200", "F", "", TransactionState.Completed)]
    [InlineData("start 200", "lost", "", TransactionState.Completed)]
    [InlineData("start 200", "K", "end", TransactionState.Terminated)]
    public void Another_request_that_is_sent(string before, string input, string expected, TransactionState state) =>
        Check(new OtherClient(Bye, false, TimerSettings.Default), before, input, expected, state);

    [Theory]
    [InlineData("", "start", "send BYE, start F 32", TransactionState.Trying)]
    [InlineData("start", "200", "up 200, stop E, stop F, end", TransactionState.Terminated)]
    public void Another_request_that_is_sent_over_a_connection(string before, string input, string expected, TransactionState state) =>
        Check(new OtherClient(Bye, true, TimerSettings.Default), before, input, expected, state);

    [Theory]
    [InlineData("", "start", "up INVITE, start Trying 0.2", TransactionState.Proceeding)]
    [InlineData("start", "Trying", "send 100", TransactionState.Proceeding)]
    [InlineData("start", "again", "", TransactionState.Proceeding)]
    [InlineData("start Trying", "again", "send 100", TransactionState.Proceeding)]
    [InlineData("start", "180", "stop Trying, send 180", TransactionState.Proceeding)]
    [InlineData("start 180", "Trying", "", TransactionState.Proceeding)]
    [InlineData("start 180 183", "again", "send 183", TransactionState.Proceeding)]
    [InlineData("start", "200", "stop Trying, send 200, start L 32", TransactionState.Accepted)]
    [InlineData("start", "486", "stop Trying, send 486, start G 0.5, start H 32", TransactionState.Completed)]
    [InlineData("start 180", "ack", "", TransactionState.Proceeding)]
    [InlineData("start 180", "lost", "transport lost", TransactionState.Proceeding)]
    [InlineData("start 200", "again", "", TransactionState.Accepted)]
    [InlineData("start 200", "200", "send 200", TransactionState.Accepted)]
    [InlineData("start 200", "180", "", TransactionState.Accepted)]
    [InlineData("start 200", "486", "", TransactionState.Accepted)]
    [InlineData("start 200", "ack", "up ACK", TransactionState.Accepted)]
    [InlineData("start 200", "lost", "transport lost", TransactionState.Accepted)]
    [InlineData("start 200", "L", "end", TransactionState.Terminated)]
    [InlineData("start 486", "again", "send 486", TransactionState.Completed)]
    [InlineData("start 486", "G", "send 486, start G 1", TransactionState.Completed)]
    [InlineData("start 486 G G", "G", "send 486, start G 4", TransactionState.Completed)]
    [InlineData("start 486 G G G", "G", "send 486, start G 4", TransactionState.Completed)]
    [InlineData("start 486", "200", "", TransactionState.Completed)]
    [InlineData("start 486", "H", "timed out, end", TransactionState.Terminated)]
    [InlineData("start 486", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start 486", "ack", "stop G, stop H, start I 5", TransactionState.Confirmed)]
    [InlineData("start 486 ack", "ack", "", TransactionState.Confirmed)]
    [InlineData("start 486 ack", "again", "", TransactionState.Confirmed)]
    [InlineData("start 486 ack", "G", "", TransactionState.Confirmed)]
    [InlineData("start 486 ack", "H", "", TransactionState.Confirmed)]
    [InlineData("start 486 ack", "lost", "", TransactionState.Confirmed)]
    [InlineData("start 486 ack", "I", "end", TransactionState.Terminated)]
    public void An_INVITE_that_comes(string before, string input, string expected, TransactionState state) =>
        Check(new InviteServer(Invite, false, TimerSettings.Default), before, input, expected, state);

    [Theory]
    [InlineData("start", "486", "stop Trying, send 486, start H 32", TransactionState.Completed)]
    [InlineData("start 486", "ack", "stop G, stop H, end", TransactionState.Terminated)]
    [InlineData("start", "200", "stop Trying, send 200, start L 32", TransactionState.Accepted)]
    public void An_INVITE_that_comes_over_a_connection(string before, string input, string expected, TransactionState state) =>
        Check(new InviteServer(Invite, true, TimerSettings.Default), before, input, expected, state);

    [Theory]
    [InlineData("", "start", "up BYE", TransactionState.Trying)]
    [InlineData("start", "again", "", TransactionState.Trying)]
    [InlineData("start", "100", "send 100", TransactionState.Proceeding)]
    [InlineData("start", "200", "send 200, start J 32", TransactionState.Completed)]
    [InlineData("start", "lost", "", TransactionState.Trying)]
    [InlineData("start 100", "again", "send 100", TransactionState.Proceeding)]
    [InlineData("start 100", "200", "send 200, start J 32", TransactionState.Completed)]
    [InlineData("start 100", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start 200", "again", "send 200", TransactionState.Completed)]
    [InlineData("start 200", "486", "", TransactionState.Completed)]
    [InlineData("start 200", "lost", "transport lost, end", TransactionState.Terminated)]
    [InlineData("start 200", "J", "end", TransactionState.Terminated)]
    public void Another_request_that_comes(string before, string input, string expected, TransactionState state) =>
        Check(new OtherServer(Bye, false, TimerSettings.Default), before, input, expected, state);

    [Fact]
    public void Another_request_that_comes_over_a_connection() =>
        Check(new OtherServer(Bye, true, TimerSettings.Default), "start", "200", "send 200, end", TransactionState.Terminated);

    [Fact]
    public void The_ACK_of_a_refusal_goes_the_way_of_its_INVITE()
    {
        var actions = new List<TransactionAction>();
        var client = new InviteClient(Invite, false, TimerSettings.Default);
        client.Start(actions);
        client.Receive(Invite.Answer(486, "them"), actions);
        var ack = Wire.Request(System.Text.Encoding.UTF8.GetString(actions.OfType<TransactionAction.Send>().Last().Bytes.Span));
        (ack.Method, ack.TopVia.Branch, ack.RequestUri, ack.CSeq.Number, ack.To.Tag).ShouldBe((SipMethod.Ack, "z9hG4bKq", Invite.RequestUri, 3u, "them"));
        ack.Vias.Count.ShouldBe(1);
        ack.Routes.ShouldBe(Invite.Routes);
    }

    private static SipRequest Invite => Request("INVITE");

    private static SipRequest Bye => Request("BYE");

    private static SipRequest Request(string method) => Wire.Request(
        $"{method} sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bKq\nRoute: <sip:proxy.example.com;lr>\nFrom: <sip:z@h>;tag=us\nTo: <sip:li@example.com>\nCall-ID: c\nCSeq: 3 {method}\n\n");

    private static void Check(Transaction machine, string before, string input, string expected, TransactionState state)
    {
        List<TransactionAction> actions = [];
        foreach (var step in before.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Feed(machine, step, actions);
        actions.Clear();
        Feed(machine, input, actions);
        string.Join(", ", actions.Select(Words)).ShouldBe(expected);
        machine.State.ShouldBe(state);
    }

    private static void Feed(Transaction machine, string input, List<TransactionAction> actions)
    {
        if (Enum.TryParse<TransactionTimer>(input, out var timer) && !char.IsDigit(input[0])) machine.Elapsed(timer, actions);
        else if (input == "lost") machine.TransportFailed(actions);
        else if (machine is ClientTransaction client) FeedClient(client, input, actions);
        else FeedServer((ServerTransaction)machine, input, actions);
    }

    private static void FeedClient(ClientTransaction client, string input, List<TransactionAction> actions)
    {
        if (input == "start") client.Start(actions);
        else client.Receive((client is InviteClient ? Invite : Bye).Answer(int.Parse(input, CultureInfo.InvariantCulture), "them"), actions);
    }

    private static void FeedServer(ServerTransaction server, string input, List<TransactionAction> actions)
    {
        var request = server is InviteServer ? Invite : Bye;
        if (input == "start") server.Start(actions);
        else if (input == "again") server.Receive(request, actions);
        else if (input == "ack") server.Receive(Request("ACK"), actions);
        else server.Respond(request.Answer(int.Parse(input, CultureInfo.InvariantCulture), "us"), actions);
    }

    private static string Words(TransactionAction action) => action switch
    {
        TransactionAction.Send send => "send " + Name(SipParser.Parse(send.Bytes.Span).ShouldBeOfType<Reading.Understood>().Message),
        TransactionAction.PassUp up => "up " + Name(up.Message),
        TransactionAction.Start start => string.Create(CultureInfo.InvariantCulture, $"start {start.Timer} {start.Delay.TotalSeconds}"),
        TransactionAction.Stop stop => "stop " + stop.Timer,
        TransactionAction.TimedOut => "timed out",
        TransactionAction.TransportLost => "transport lost",
        _ => "end",
    };

    private static string Name(SipMessage message) =>
        message is SipRequest request ? request.Method.Name : ((SipResponse)message).Status.ToString(CultureInfo.InvariantCulture);
}
