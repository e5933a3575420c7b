namespace Courier.Services.Staff;

/// <summary>What a member of staff may do. A member has one role or several.</summary>
public enum StaffRole
{
    /// <summary>Accounts, audit trail and everything that operators may do.</summary>
    Admin,

    /// <summary>Leads agents: conversations and the audit trail.</summary>
    Supervisor,

    /// <summary>Talks with customers.</summary>
    Agent,

    /// <summary>Runs the product: sends, dead letters, keywords, menus.</summary>
    Operator,

    /// <summary>Works at an outlet.</summary>
    Outlet,

    /// <summary>Collects and delivers parcels.</summary>
    Courier,
}
