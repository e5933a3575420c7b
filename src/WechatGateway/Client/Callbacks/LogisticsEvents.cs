namespace Courier.Wechat.Client.Callbacks;

/// <summary>One step of a parcel as WeChat's logistics tells it.</summary>
/// <param name="At">When; null when WeChat left it out.</param>
/// <param name="Type">WeChat's number of the step, such as 100001 picked up; null when left out.</param>
/// <param name="Text">The step in words.</param>
public sealed record ExpressAction(DateTimeOffset? At, long? Type, string Text);

/// <summary>add_express_path: the track of a waybill that a merchant's mini-program ordered.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record ExpressPathAdded(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>DeliveryID: the courier company.</summary>
    public string DeliveryId { get; init; } = Fields.Text("DeliveryID");

    /// <summary>Waybill number.</summary>
    public string WaybillId { get; init; } = Fields.Text("WayBillId");

    /// <summary>The merchant's order number.</summary>
    public string OrderId { get; init; } = Fields.Text("OrderId");

    /// <summary>Version of the track, growing; null when left out.</summary>
    public long? Version { get; init; } = Fields.Number("Version");

    /// <summary>All steps so far, in no promised order.</summary>
    public IReadOnlyList<ExpressAction> Actions { get; init; } = From(Fields.Each("Actions"));

    private static List<ExpressAction> From(IReadOnlyList<Fields> steps)
    {
        var actions = new List<ExpressAction>(steps.Count);
        foreach (var step in steps) actions.Add(new ExpressAction(step.Time("ActionTime"), step.Number("ActionType"), step.Raw("ActionMsg")));
        return actions;
    }
}

/// <summary>trade_manage_remind_access_api: the mini-program has to use order shipping management.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record TradeAccessReminder(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>WeChat's words.</summary>
    public string Message { get; init; } = Fields.Text("msg");
}

/// <summary>What the events about one paid order have in common.</summary>
/// <param name="Fields">All elements as they came.</param>
public abstract record TradeOrderEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>Transaction number of WeChat Pay.</summary>
    public string TransactionId { get; init; } = Fields.Text("transaction_id");

    /// <summary>Merchant number.</summary>
    public string MerchantId { get; init; } = Fields.Text("merchant_id");

    /// <summary>Sub-merchant number; null when there is none.</summary>
    public string? SubMerchantId { get; init; } = Fields.Optional("sub_merchant_id");

    /// <summary>The merchant's own order number.</summary>
    public string MerchantTradeNo { get; init; } = Fields.Text("merchant_trade_no");

    /// <summary>When it was paid; null when left out.</summary>
    public DateTimeOffset? PaidAt { get; init; } = Fields.Time("pay_time");
}

/// <summary>trade_manage_remind_shipping: a paid order is not marked as shipped yet.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record TradeShippingReminder(Fields Fields) : TradeOrderEvent(Fields)
{
    /// <summary>WeChat's words.</summary>
    public string Message { get; init; } = Fields.Text("msg");
}

/// <summary>trade_manage_order_settlement: a paid order will be or was settled.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record TradeOrderSettlement(Fields Fields) : TradeOrderEvent(Fields)
{
    /// <summary>When it was marked as shipped; null when left out.</summary>
    public DateTimeOffset? ShippedAt { get; init; } = Fields.Time("shipped_time");

    /// <summary>When the money is expected; null when left out.</summary>
    public DateTimeOffset? EstimatedSettlementAt { get; init; } = Fields.Time("estimated_settlement_time");

    /// <summary>confirm_receive_method as it came: documents and practice disagree on what 1 and 2 mean.</summary>
    public long? ConfirmMethod { get; init; } = Fields.Number("confirm_receive_method");

    /// <summary>When receipt was confirmed; null before.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; } = Fields.Time("confirm_receive_time");

    /// <summary>When the money came; null before.</summary>
    public DateTimeOffset? SettledAt { get; init; } = Fields.Time("settlement_time");
}

/// <summary>An event in which WeChat asks the courier company something and waits for a business answer (散单寄件).</summary>
/// <param name="Fields">All elements as they came, with the parts of each kind.</param>
/// <param name="Question">What is asked.</param>
public sealed record CourierQuestion(Fields Fields, CourierQuestionKind Question) : InboundEvent(Fields)
{
    /// <summary>Token of the order, kept for later calls; null when there is none.</summary>
    public string? OrderToken { get; init; } = Fields.Optional("Token");

    /// <summary>WXAppId or ShopAppID: who asks; null when left out.</summary>
    public string? AppId { get; init; } = Fields.Optional("WXAppId") ?? Fields.Optional("ShopAppID");

    /// <summary>Order number; null when left out.</summary>
    public string? OrderId { get; init; } = Fields.Optional("OrderID");

    /// <summary>Waybill number; null when there is none yet.</summary>
    public string? WaybillId { get; init; } = Fields.Optional("WayBillID");
}

/// <summary>What WeChat asks a courier company.</summary>
public enum CourierQuestionKind
{
    /// <summary>add_single_waybill: take an order.</summary>
    AddSingleWaybill,

    /// <summary>query_single_waybill_fee: what would it cost.</summary>
    QuerySingleWaybillFee,

    /// <summary>query_single_waybill: how is the order.</summary>
    QuerySingleWaybill,

    /// <summary>cancel_single_waybill: cancel the order.</summary>
    CancelSingleWaybill,

    /// <summary>remind_waybill: hurry up.</summary>
    RemindWaybill,

    /// <summary>waybill_complaint: a complaint.</summary>
    WaybillComplaint,

    /// <summary>waybill_evaluate_agent: a courier was rated.</summary>
    EvaluateAgent,

    /// <summary>waybill_query_expect_time_range: when can it be fetched.</summary>
    QueryExpectTimeRange,

    /// <summary>notify_single_waybill_pay: it was paid.</summary>
    NotifySingleWaybillPay,

    /// <summary>waybill_notify_query: the track of a waybill.</summary>
    WaybillNotifyQuery,

    /// <summary>add_waybill: a merchant's waybill.</summary>
    AddWaybill,

    /// <summary>cancel_waybill: a merchant's waybill is cancelled.</summary>
    CancelWaybill,

    /// <summary>check_biz: is this merchant a customer of ours.</summary>
    CheckBusiness,

    /// <summary>get_quota: how many waybills a merchant has left.</summary>
    GetQuota,

    /// <summary>update_business_bind_result: a merchant's binding changed.</summary>
    UpdateBusinessBindResult,
}
