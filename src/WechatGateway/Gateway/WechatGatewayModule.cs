using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Wechat.Client;
using Courier.WechatGateway.Callback;
using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Followers;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Login;
using Courier.WechatGateway.Menu;
using Courier.WechatGateway.Outgoing;
using Courier.WechatGateway.Replies;
using Courier.WechatGateway.Replies.Receiving;
using Courier.WechatGateway.Replies.Sending;
using Courier.WechatGateway.Spool;
using Courier.WechatGateway.Tags;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.WechatGateway;

/// <summary>Table of contents of the gateway: callbacks in, replies and messages out, menu, login.</summary>
public static class WechatGatewayModule
{
    /// <summary>Registers what the gateway needs, its channels and ports, in every role.</summary>
    public static ModuleRegistry AddWechatGateway(this ModuleRegistry modules)
    {
        var options = modules.Options<WechatOptions>("Wechat");
        TypeHandlers.AddEnum<KeywordMatch>();
        TypeHandlers.AddEnum<EditionKind>();
        TypeHandlers.AddEnum<SyncState>();
        TypeHandlers.AddEnum<OAuthScope>();
        modules.Services.AddSingleton<WechatAccounts>();

        modules.Services.AddSingleton(p => new RecentAnswers(options.Duplicates, p.GetRequiredService<TimeProvider>()));
        modules.Services.AddSingleton<HandleCallback>().AddSingleton<AnswerCallback>().AddSingleton<ReplyBudget>().AddSingleton<CallbackEndpoints>();
        modules.Services.AddSingleton<LateAnswers>().AddHostedService(p => p.GetRequiredService<LateAnswers>());

        modules.Services.AddSingleton<CallbackSpool>().AddSingleton<DatabaseCheck>().AddSingleton<DrainSpool>();

        modules.Services.AddSingleton<ReplyRules>().AddSingleton<ChatCommands>();
        modules.Services.AddSingleton<ParcelAnswers>().AddSingleton<TailQuestions>().AddSingleton<AnsweredPlaces>();
        modules.Services.AddSingleton<OpenQuestions>().AddSingleton<AppLinks>().AddSingleton<Prices>().AddSingleton<PriceAnswers>().AddSingleton<PastedAddresses>().AddSingleton<OrderAnswers>().AddSingleton<DirectionPlaces>().AddSingleton<DirectionAnswers>()
            .AddSingleton<CodeAnswers>().AddSingleton<PackingAdvice>().AddSingleton<GoodsReplies>();
        modules.Services.AddSingleton<KeywordTable>().AddSingleton<DefaultKeywords>().AddSingleton<FollowerTags>().AddSingleton<ChangeTags>();
        modules.Services.AddSingleton<UsageCounts>().AddHostedService(p => p.GetRequiredService<UsageCounts>());

        modules.Services.AddSingleton<FollowerLedger>().AddSingleton<Follows>();
        modules.Services.AddSingleton<WindowOpenings>().AddHostedService(p => p.GetRequiredService<WindowOpenings>());
        modules.Services.AddSingleton<TakenBack>().AddSingleton<IPersonalData, GatewayPersonalData>();
        modules.Services.AddSingleton<AccountPauses>().AddSingleton<FollowerPages>().AddSingleton<FollowerProfiles>();

        modules.Services.AddWechatCalls().AddSingleton<Addresses>();
        modules.Services.AddSingleton<WindowCounts>().AddSingleton<SendQuotas>().AddSingleton<LostTemplates>().AddSingleton<GrantLedger>();
        modules.Services.AddSingleton<ISubscriptionConsents, SubscriptionConsents>();
        modules.Services.AddSingleton<IChannel, CustomerServiceChannel>().AddSingleton<IChannel, TemplateChannel>();
        foreach (var kind in new[] { SubscribeKind.OfAccount, SubscribeKind.OfMiniProgram })
            modules.Services.AddSingleton<IChannel>(p => ActivatorUtilities.CreateInstance<SubscribeChannel>(p, kind));
        modules.Services.AddSingleton<HeldRelease>().AddHostedService(p => p.GetRequiredService<HeldRelease>());
        modules.Services.AddSingleton<IWechatLogin, WechatLogin>().AddSingleton<WebLogin>().AddSingleton<OAuthStates>().AddSingleton<OAuthAddresses>();
        modules.Services.AddSingleton<IChannelMedia, WechatMedia>();

        modules.Services.AddSingleton<IEditionContent, MenuEditions>().AddSingleton<IEditionContent, KeywordEditions>().AddSingleton<PutMenu>();
        modules.Services.AddSingleton<ChangeEdition>().AddSingleton<PublishEdition>().AddSingleton<ShowEditions>();
        modules.Services.AddSingleton<PreviewEdition>().AddSingleton<PreviewAnswers>();
        modules.Services.AddHostedService<RestoreMenusAtStart>();

        return modules
            .BatchReaction<CustomerGroupChanged, TagWhenGroupChanged>("wechat.tag_group_members", order: DeliveryOrder.PerAggregate)
            .Reaction<CustomerGroupBound, TagMembersWhenGroupBound>("wechat.tag_bound_group", DeliveryOrder.PerAggregate)
            .Job<SendTagWishes>(SendTagWishes.JobName, JobSchedule.Every(TimeSpan.FromSeconds(30)))
            .AtStart<FirstEditions>()
            .Job<FinishPublications>("wechat.finish_publications", JobSchedule.Every(TimeSpan.FromSeconds(30)))
            .Job<PurgeSendLedgers>("wechat.purge_send_ledgers", JobSchedule.At("0 50 3 * * ?"))
            .Job<PurgeOAuthStates>("wechat.purge_oauth_states", JobSchedule.At("0 5/10 * * * ?"))
            .Job<PurgeOpenQuestions>("wechat.purge_open_questions", JobSchedule.At("0 7/15 * * * ?"))
            .Job<PurgeUsage>("wechat.purge_usage", JobSchedule.At("0 55 3 * * ?"))
            .Job<LearnFollowers>(LearnFollowers.JobName, JobSchedule.Every(TimeSpan.FromSeconds(1)))
            .Job<SettleLateAnswers>("wechat.settle_late_answers", JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }

    /// <summary>Has the spool of callbacks drained by itself, in every process that WeChat calls.</summary>
    public static ModuleRegistry DrainSpools(this ModuleRegistry modules)
    {
        modules.Services.AddHostedService(p => p.GetRequiredService<DrainSpool>());
        return modules;
    }

    /// <summary>Maps what WeChat calls.</summary>
    public static IEndpointRouteBuilder MapWechatGateway(this IEndpointRouteBuilder endpoints)
    {
        CallbackEndpoints.Map(endpoints);
        OAuthEndpoints.Map(endpoints);
        JsSdkEndpoints.Map(endpoints);
        return endpoints;
    }

    /// <summary>Maps what operators see of it on the desk.</summary>
    public static IEndpointRouteBuilder MapWechatDesk(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapEditions();
        endpoints.MapTags();
        endpoints.MapLedgers();
        endpoints.MapFollowers();
        return endpoints;
    }
}
