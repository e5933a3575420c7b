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
    [InlineData(nameof(SetIndustry), 48001, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(GetIndustry), 48001, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(AddTemplate), 45009, ErrorReaction.BreakCall)]
    [InlineData(nameof(GetTemplates), 48004, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(DeleteTemplate), 40037, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(GetSubscriptionCategories), 48001, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(FindSubscriptionTitles), 200016, ErrorReaction.NeverRetry)]
    [InlineData(nameof(GetSubscriptionKeywords), 200020, ErrorReaction.NeverRetry)]
    [InlineData(nameof(AddSubscriptionTemplate), 200012, ErrorReaction.NeverRetry)]
    [InlineData(nameof(GetSubscriptionTemplates), 200011, ErrorReaction.NeverRetry)]
    [InlineData(nameof(DeleteSubscriptionTemplate), 200014, ErrorReaction.NeverRetry)]
    [InlineData(nameof(CreateShortKey), 45011, ErrorReaction.BackOff)]
    [InlineData(nameof(FetchShortKey), 48001, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(CreateUrlLink), 85079, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(CreateUrlLink), 44990, ErrorReaction.BackOff)]
    [InlineData(nameof(CreateUrlLink), 85401, ErrorReaction.NeverRetry)]
    [InlineData(nameof(CreateUrlScheme), 40212, ErrorReaction.NeverRetry)]
    [InlineData(nameof(CheckText), 61010, ErrorReaction.Drop)]
    [InlineData(nameof(CheckText), 87014, ErrorReaction.Refuse)]
    [InlineData(nameof(CheckMedia), 61010, ErrorReaction.Drop)]
    [InlineData(nameof(GetQuota), 76021, ErrorReaction.NeverRetry)]
    [InlineData(nameof(ClearQuota), 48006, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(ClearQuotaWithSecret), 40001, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(GetRequest), 76001, ErrorReaction.NeverRetry)]
    [InlineData(nameof(AddKfAccount), 65406, ErrorReaction.NeverRetry)]
    [InlineData(nameof(RenameKfAccount), 65401, ErrorReaction.NeverRetry)]
    [InlineData(nameof(InviteKfWorker), 65411, ErrorReaction.NeverRetry)]
    [InlineData(nameof(DeleteKfAccount), 61452, ErrorReaction.NeverRetry)]
    [InlineData(nameof(GetKfAccounts), 65400, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(GetOnlineKfAccounts), 65400, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(OpenKfSession), 65415, ErrorReaction.FallBack)]
    [InlineData(nameof(CloseKfSession), 65413, ErrorReaction.FallBack)]
    [InlineData(nameof(GetKfSession), 40003, ErrorReaction.Drop)]
    [InlineData(nameof(GetKfSessions), 65401, ErrorReaction.NeverRetry)]
    [InlineData(nameof(GetWaitingCustomers), 65400, ErrorReaction.StopAndAlert)]
    [InlineData(nameof(GetKfMessages), 65417, ErrorReaction.NeverRetry)]
    public async Task A_refusal_says_what_to_do(string call, int code, ErrorReaction reaction)
    {
        var sample = CallSamples.All.First(sample => sample.CallType.Name == call);
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == sample.Path ? $$"""{"errcode":{{code}},"errmsg":"no, rid: 65f0a1b2-0c3d4e5f"}""" : null);

        var error = await Should.ThrowAsync<WechatException>(sample.Send(far.Client(clock: new ImpatientClock())));

        (error.Call, error.Code, error.Reaction, error.Rid).ShouldBe((sample.Path, code, reaction, "65f0a1b2-0c3d4e5f"));
        far.Count(sample.Path).ShouldBe(1);
    }

    [Fact]
    public void Every_call_that_WeChat_refuses_for_a_reason_of_its_own_is_tried()
    {
        var tried = typeof(RefusedCalls).GetMethod(nameof(A_refusal_says_what_to_do))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(row => (string)((InlineDataAttribute)row).GetData(null!).Single()[0]).ToHashSet();
        IEnumerable<CallSample> newer = [.. FollowerSamples.All, .. SubscriptionSamples.All, .. TemplateLibrarySamples.All, .. MiniProgramSamples.All, .. OperatorSamples.All];
        newer.Select(sample => sample.CallType.Name).Except(tried).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(GetUsers), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(TagFollowers), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(GetFollowersOfTag), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(CreateTag), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(AddConditionalMenu), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(SendAccountSubscription), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(SendMiniProgramSubscription), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(AddTemplate), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(ClearQuota), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(DeleteKfAccount), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(OpenKfSession), ErrorReaction.Ambiguous, 1)]
    [InlineData(nameof(CheckText), ErrorReaction.BackOff, 4)]
    [InlineData(nameof(GetQuota), ErrorReaction.BackOff, 4)]
    public async Task A_lost_answer_is_asked_for_again_only_where_twice_is_once(string call, ErrorReaction reaction, int requests)
    {
        var sample = CallSamples.All.First(sample => sample.CallType.Name == call);
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path == sample.Path ? Microsoft.AspNetCore.Http.Results.StatusCode(502) : null);

        var error = await Should.ThrowAsync<WechatException>(sample.Send(far.Client(clock: new ImpatientClock())));

        (error.Reaction, far.Count(sample.Path)).ShouldBe((reaction, requests));
    }
}
