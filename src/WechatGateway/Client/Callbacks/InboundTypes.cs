using System.Collections.Frozen;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>The two tables that say which record stands for which message type and event; names are compared whatever their case.</summary>
internal static class InboundTypes
{
    private static readonly FrozenDictionary<string, Func<Fields, InboundMessage>> Messages =
        new Dictionary<string, Func<Fields, InboundMessage>>
        {
            ["text"] = fields => new TextMessage(fields),
            ["image"] = fields => new ImageMessage(fields),
            ["voice"] = fields => new VoiceMessage(fields),
            ["video"] = fields => new VideoMessage(fields),
            ["shortvideo"] = fields => new VideoMessage(fields),
            ["location"] = fields => new LocationMessage(fields),
            ["link"] = fields => new LinkMessage(fields),
            ["miniprogrampage"] = fields => new MiniProgramPageMessage(fields),
            ["file"] = fields => new FileMessage(fields),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Func<Fields, InboundEvent>> Events =
        new Dictionary<string, Func<Fields, InboundEvent>>
        {
            ["subscribe"] = fields => new SubscribeEvent(fields),
            ["unsubscribe"] = fields => new UnsubscribeEvent(fields),
            ["SCAN"] = fields => new ScanEvent(fields),
            ["LOCATION"] = fields => new LocationReportEvent(fields),
            ["user_enter_tempsession"] = fields => new EnterServiceWindowEvent(fields),

            ["CLICK"] = fields => new MenuClickEvent(fields),
            ["VIEW"] = fields => new MenuViewEvent(fields),
            ["view_miniprogram"] = fields => new MenuMiniProgramEvent(fields),
            ["scancode_push"] = fields => new ScanCodePushEvent(fields),
            ["scancode_waitmsg"] = fields => new ScanCodeWaitEvent(fields),
            ["pic_sysphoto"] = fields => new PicturesSentEvent(fields, PictureSource.Camera),
            ["pic_photo_or_album"] = fields => new PicturesSentEvent(fields, PictureSource.CameraOrAlbum),
            ["pic_weixin"] = fields => new PicturesSentEvent(fields, PictureSource.WechatAlbum),
            ["location_select"] = fields => new LocationSelectEvent(fields),

            ["TEMPLATESENDJOBFINISH"] = fields => new TemplateSendFinished(fields),
            ["MASSSENDJOBFINISH"] = fields => new MassSendFinished(fields),
            ["PUBLISHJOBFINISH"] = fields => new PublishFinished(fields),
            ["FREEPUBLISHJOBFINISH"] = fields => new PublishFinished(fields),
            ["subscribe_msg_popup_event"] = fields => new SubscriptionAsked(fields),
            ["subscribe_msg_change_event"] = fields => new SubscriptionChanged(fields),
            ["subscribe_msg_sent_event"] = fields => new SubscriptionSent(fields),

            ["kf_create_session"] = fields => new AgentSessionOpened(fields),
            ["kf_close_session"] = fields => new AgentSessionClosed(fields),
            ["kf_switch_session"] = fields => new AgentSessionSwitched(fields),

            ["user_authorization_revoke"] = fields => new AuthorizationRevoked(fields),
            ["user_info_modified"] = fields => new UserInfoModified(fields),
            ["user_authorization_cancellation"] = fields => new AuthorizationCancelled(fields),
            ["wxa_media_check"] = fields => new MediaChecked(fields),

            ["qualification_verify_success"] = fields => new AccountVerification(fields, VerificationStep.QualificationPassed),
            ["qualification_verify_fail"] = fields => new AccountVerification(fields, VerificationStep.QualificationFailed),
            ["naming_verify_success"] = fields => new AccountVerification(fields, VerificationStep.NamingPassed),
            ["naming_verify_fail"] = fields => new AccountVerification(fields, VerificationStep.NamingFailed),
            ["annual_renew"] = fields => new AccountVerification(fields, VerificationStep.RenewalDue),
            ["verify_expired"] = fields => new AccountVerification(fields, VerificationStep.Expired),

            ["add_express_path"] = fields => new ExpressPathAdded(fields),
            ["trade_manage_remind_access_api"] = fields => new TradeAccessReminder(fields),
            ["trade_manage_remind_shipping"] = fields => new TradeShippingReminder(fields),
            ["trade_manage_order_settlement"] = fields => new TradeOrderSettlement(fields),

            ["add_single_waybill"] = fields => new CourierQuestion(fields, CourierQuestionKind.AddSingleWaybill),
            ["query_single_waybill_fee"] = fields => new CourierQuestion(fields, CourierQuestionKind.QuerySingleWaybillFee),
            ["query_single_waybill"] = fields => new CourierQuestion(fields, CourierQuestionKind.QuerySingleWaybill),
            ["cancel_single_waybill"] = fields => new CourierQuestion(fields, CourierQuestionKind.CancelSingleWaybill),
            ["remind_waybill"] = fields => new CourierQuestion(fields, CourierQuestionKind.RemindWaybill),
            ["waybill_complaint"] = fields => new CourierQuestion(fields, CourierQuestionKind.WaybillComplaint),
            ["waybill_evaluate_agent"] = fields => new CourierQuestion(fields, CourierQuestionKind.EvaluateAgent),
            ["waybill_query_expect_time_range"] = fields => new CourierQuestion(fields, CourierQuestionKind.QueryExpectTimeRange),
            ["notify_single_waybill_pay"] = fields => new CourierQuestion(fields, CourierQuestionKind.NotifySingleWaybillPay),
            ["waybill_notify_query"] = fields => new CourierQuestion(fields, CourierQuestionKind.WaybillNotifyQuery),
            ["add_waybill"] = fields => new CourierQuestion(fields, CourierQuestionKind.AddWaybill),
            ["cancel_waybill"] = fields => new CourierQuestion(fields, CourierQuestionKind.CancelWaybill),
            ["check_biz"] = fields => new CourierQuestion(fields, CourierQuestionKind.CheckBusiness),
            ["get_quota"] = fields => new CourierQuestion(fields, CourierQuestionKind.GetQuota),
            ["update_business_bind_result"] = fields => new CourierQuestion(fields, CourierQuestionKind.UpdateBusinessBindResult),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The typed message or event of these elements; an unknown one keeps them all.</summary>
    public static Inbound Read(Fields fields)
    {
        var type = fields.Text("MsgType");
        if (type.Equals("event", StringComparison.OrdinalIgnoreCase))
            return Events.TryGetValue(fields.Text("Event"), out var read) ? read(fields) : new UnknownEvent(fields);
        return Messages.TryGetValue(type, out var readMessage) ? readMessage(fields) : new UnknownMessage(fields);
    }
}
