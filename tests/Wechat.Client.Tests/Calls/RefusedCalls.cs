using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Each call says what is to be done about the errors that WeChat's page of that call names.</summary>
public class RefusedCalls
{
    [Theory]
    [InlineData(nameof(AddConditionalMenu), 65301, ErrorReaction.NeverRetry)]       // no menu for everybody
    [InlineData(nameof(DeleteConditionalMenu), 65303, ErrorReaction.NeverRetry)]
    [InlineData(nameof(TryMenu), 65309, ErrorReaction.NeverRetry)]
    [InlineData(nameof(CreateTag), 45157, ErrorReaction.NeverRetry)]                // the name exists
    [InlineData(nameof(GetTags), 48001, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(RenameTag), 45158, ErrorReaction.NeverRetry)]
    [InlineData(nameof(DeleteTag), 45057, ErrorReaction.NeverRetry)]
    [InlineData(nameof(TagFollowers), 45059, ErrorReaction.NeverRetry)]
    [InlineData(nameof(TagFollowers), 40003, ErrorReaction.Drop)]
    [InlineData(nameof(UntagFollowers), 49003, ErrorReaction.Drop)]
    [InlineData(nameof(GetTagsOfFollower), 40003, ErrorReaction.Drop)]
    [InlineData(nameof(GetFollowers), 45009, ErrorReaction.BreakCall)]
    [InlineData(nameof(GetFollowersOfTag), 45159, ErrorReaction.NeverRetry)]
    [InlineData(nameof(GetUsers), 40003, ErrorReaction.Drop)]
    [InlineData(nameof(SetRemark), 40003, ErrorReaction.Drop)]
    [InlineData(nameof(SendAccountSubscription), 43101, ErrorReaction.FallBack)]
    [InlineData(nameof(SendAccountSubscription), 47003, ErrorReaction.NeverRetry)]
    [InlineData(nameof(SendAccountSubscription), -1, ErrorReaction.Ambiguous)]
    [InlineData(nameof(SendMiniProgramSubscription), 43101, ErrorReaction.FallBack)]
    [InlineData(nameof(SendMiniProgramSubscription), 40003, ErrorReaction.Drop)]
    [InlineData(nameof(SendMiniProgramSubscription), 40037, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(SendMiniProgramSubscription), -1, ErrorReaction.Ambiguous)]
    [InlineData(nameof(SendMiniProgramSubscription), 45009, ErrorReaction.BreakCall)]
    public async Task A_refusal_says_what_to_do(string call, int code, ErrorReaction reaction)
    {
        var sample = CallSamples.All.First(sample => sample.CallType.Name == call);
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == sample.Path ? $$"""{"errcode":{{code}},"errmsg":"no, rid: 65f0a1b2-0c3d4e5f"}""" : null);

        var error = await Should.ThrowAsync<WechatException>(sample.Send(far.Client(clock: new ImpatientClock())));

        (error.Call, error.Code, error.Reaction, error.Rid).ShouldBe((sample.Path, code, reaction, "65f0a1b2-0c3d4e5f"));
        far.Count(sample.Path).ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(GetUsers), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(TagFollowers), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(GetFollowersOfTag), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(CreateTag), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(AddConditionalMenu), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(SendAccountSubscription), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(SendMiniProgramSubscription), ErrorReaction.Ambiguous, 1)]
    public async Task A_lost_answer_is_asked_for_again_only_where_twice_is_once(string call, ErrorReaction reaction, int requests)
    {
        var sample = CallSamples.All.First(sample => sample.CallType.Name == call);
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path == sample.Path ? Microsoft.AspNetCore.Http.Results.StatusCode(502) : null);

        var error = await Should.ThrowAsync<WechatException>(sample.Send(far.Client(clock: new ImpatientClock())));

        (error.Reaction, far.Count(sample.Path)).ShouldBe((reaction, requests));
    }
}
