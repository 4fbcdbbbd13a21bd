// Headers of what is sold and for how much; written as in `HeaderWords+Parties.swift`.
extension HeaderWords {
  static let sales = [
    "campaign": """
    *: 市场活动, 活动, 营销活动, 推广活动, 展会, 会议活动, campaign, campaigns, event, events
    key: 活动编号, 活动id, 活动编码, 市场活动编号, campaign id, campaign code, external id
    name: 活动名称, 名称, 市场活动, 活动主题, 主题, 展会名称, name, campaign name, event name, campaign
    kind: 类型, 活动类型, 活动形式, 形式, type, campaign type, kind, event type
    status: 状态, 活动状态, 进度, status, campaign status
    start_date: 开始日期, 开始时间, 起始日期, 活动日期, 活动时间, start date, start, begin date, from date
    end_date: 结束日期, 结束时间, 截止日期, 终止日期, end date, end, finish date, to date
    budget: 预算, 活动预算, 预算金额, 费用预算, budget, budgeted cost, planned cost, budgeted cost in campaign
    """,
    "product": """
    *: 产品, 商品, 物料, 货品, 产品目录, 价格表, 价目表, 报价表, 产品列表, 存货, product, products, item, items, goods,
      price list, catalogue, catalog, sku list, material, materials
    key: 产品编码, 产品编号, 产品代码, 商品编码, 商品编号, 货号, 物料编码, 物料号, 存货编码, 料号, sku, 产品id, 产品型号,
      product code, product id, product number, item code, item no, item number, part number, part no,
      material number, article number, article no, product2id, stock code
    name: 产品名称, 品名, 名称, 商品名称, 货品名称, 物料名称, 存货名称, 产品, 品名规格, 商品, 项目名称, product name,
      name, product, item name, description of goods, item, product description, item description, article
    code: 产品编码, 编码, 货号, 产品编号, 产品代码, 商品编码, 商品编号, 物料编码, 料号, 存货编码, sku, code, product code,
      item code, part number, item number, article number, product sku, stock code
    category: 类别, 分类, 产品类别, 产品分类, 品类, 大类, 产品线, 类型, 产品类型, 商品分类, category, product category,
      product family, family, product line, type, group, product group, product type
    price: 单价, 价格, 标准价, 标准价格, 售价, 销售价, 零售价, 报价, 面价, 目录价, 含税单价, 产品单价, 标准售价, price,
      unit price, list price, sales price, standard price, rate, public price
    unit: 单位, 计量单位, 销售单位, 单位名称, unit, uom, unit of measure, quantity unit, unit of measurement
    active: 在售, 上架, 状态, 是否上架, 是否在售, 启用, 是否启用, 产品状态, 销售状态, active, is active, status,
      enabled, product active
    """,
    "deal": """
    *: 商机, 销售机会, 机会, 项目, 商机跟踪, 项目跟踪, 销售漏斗, 漏斗, 商机表, 项目台账, 在谈项目, 报备, 项目报备, deal,
      deals, opportunity, opportunities, pipeline, potential, potentials, sales opportunity
    key: 商机编号, 商机id, 商机编码, 商机号, 机会编号, 销售机会编号, 项目编号, 项目号, 项目id, 项目编码, 报备编号,
      opportunity id, opportunityid, deal id, opportunity number, opportunity no, record id deal,
      potential id, project number, external id, deal number
    name: 商机名称, 项目名称, 机会名称, 销售机会名称, 商机主题, 商机, 项目, 机会主题, 商机标题, 名称, 报备项目, name,
      deal name, opportunity name, deal, opportunity, deal title, title, potential name, topic, project name,
      opportunity title
    amount: 金额, 预计金额, 商机金额, 项目金额, 预估金额, 销售金额, 预计销售额, 预计成交金额, 预计签约金额, 成交金额, 合同金额,
      机会金额, 预算金额, 预算, 标的金额, 总金额, 预计收入, 预测金额, 成交价, 签约金额, 意向金额, 报价金额, amount, value,
      deal amount, deal value, opportunity amount, total, estimated value, est revenue, estimated revenue,
      sales amount, expected amount, price, deal size
    stage: 阶段, 销售阶段, 商机阶段, 项目阶段, 当前阶段, 进展阶段, 状态, 商机状态, 项目状态, 进度, 跟进阶段, 项目进度, 机会阶段,
      成交状态, stage, stage name, deal stage, sales stage, opportunity stage, pipeline stage, status,
      deal status, opportunity status, step, phase
    probability: 赢率, 概率, 成交概率, 成功率, 赢单率, 赢单概率, 成单率, 可能性, 把握, 预计成功率, 成单概率, 签约概率,
      probability, win probability, deal probability, probability of closing, likelihood, win rate,
      confidence, chance
    close_date: 预计成交日期, 预计签约日期, 成交日期, 预计成交时间, 预计结单日期, 预计结单时间, 预计签单日期, 预计签约时间,
      预计关闭日期, 预计完成日期, 预计成单日期, 结单日期, 签约日期, 预计下单日期, 预计签单时间, 预计落单时间, close date,
      closing date, expected close date, estimated close date, est close date, target close date,
      expected closing, close, due date, expected close
    closed_at: 关闭时间, 结束时间, 关闭日期, 实际成交日期, 实际成交时间, 赢单时间, 输单时间, 成交时间, 实际签约日期, 赢单日期,
      结案日期, closed at, closed date, actual close date, won time, lost time, won date, deal closed date,
      closed on, closed time, actual closing date
    source: 来源, 商机来源, 机会来源, 项目来源, 渠道, 信息来源, source, lead source, deal source, original source,
      opportunity source
    lost_reason: 输单原因, 丢单原因, 失败原因, 输单理由, 流失原因, 丢失原因, 关闭原因, 未成交原因, lost reason, loss reason,
      closed lost reason, reason for loss, reason lost, close reason
    contact: 联系人, 客户联系人, 主要联系人, 对接人, 关键人, 联系人姓名, contact, contact id, contact name,
      primary contact, person, person name, associated contact, main contact
    """,
    "quote": """
    *: 报价, 报价单, 报价记录, 报价明细, 方案报价, quote, quotes, quotation, quotations, proposal, proposals, offer,
      offers
    key: 报价单号, 报价编号, 报价单编号, 报价号, quote number, quote no, quote id, quotation number, quotation no,
      offer number
    name: 报价名称, 报价单名称, 报价主题, 主题, 标题, quote name, name, subject, quotation name, title
    amount: 报价总额, 报价金额, 总额, 总金额, 金额, 合计, 合计金额, 总价, 含税总额, 价税合计, total, total price,
      grand total, amount, quote amount, quote total, total amount
    status: 状态, 报价状态, 报价单状态, 审批状态, status, quote status, quote stage, stage
    date: 报价日期, 报价时间, 日期, 制单日期, quote date, date, quotation date, offer date, issue date
    start_date: 生效日期, 有效期从, valid from
    end_date: 有效期至, 有效期, 报价有效期, 失效日期, 截止日期, 有效日期, expiration date, valid until, valid to,
      expiry date, expires, valid till
    """,
    "contract": """
    *: 合同, 合同台账, 合同登记, 协议, 合同列表, contract, contracts, agreement, agreements
    key: 合同编号, 合同号, 合同id, 合同编码, 协议编号, 协议号, 合同序号, contract number, contract no, contract id,
      agreement number, agreement no
    name: 合同名称, 合同标题, 合同主题, 协议名称, 名称, contract name, name, title, agreement name, contract title
    amount: 合同金额, 合同总额, 合同总价, 合同额, 签约金额, 总金额, 金额, 价税合计, contract amount, contract value, amount,
      value, total, total value, total contract value, tcv
    status: 状态, 合同状态, 履行状态, 执行状态, 审批状态, status, contract status, state
    date: 签订日期, 签约日期, 签署日期, 签约时间, 签订时间, 合同日期, 日期, signed date, sign date, contract date, date,
      signature date, customer signed date, signed on
    start_date: 开始日期, 生效日期, 合同开始日期, 起始日期, 生效时间, 合同开始时间, 服务开始日期, start date,
      contract start date, effective date, valid from, commencement date
    end_date: 结束日期, 到期日期, 合同结束日期, 终止日期, 合同到期日, 到期日, 到期时间, 截止日期, 服务到期日, end date,
      contract end date, expiry date, expiration date, valid until, termination date
    """,
    "order": """
    *: 订单, 销售订单, 订货, 订单明细, 订单列表, 销售单, 出货, 发货, 销售明细, order, orders, sales order, sales orders,
      purchase order
    key: 订单编号, 订单号, 订单id, 销售订单号, 销售单号, 单据编号, 单号, 单据号, 订货单号, order number, order no, order id,
      sales order number, so number, order, order reference, order code, po number
    name: 订单名称, 订单主题, 订单标题, order name, name, subject
    amount: 订单金额, 订单总额, 订单总金额, 总金额, 总额, 应收金额, 合计, 合计金额, 价税合计, 实付金额, 成交金额, order amount,
      order total, total, total amount, amount, grand total, total price
    status: 状态, 订单状态, 发货状态, 执行状态, 审批状态, status, order status, state, fulfillment status
    date: 下单日期, 订单日期, 下单时间, 订货日期, 日期, 单据日期, 销售日期, 成交日期, 制单日期, order date, date,
      ordered at, order placed date, purchase date, ordered on
    start_date: 开始日期, 生效日期, start date
    end_date: 结束日期, 交货日期, 交付日期, 预计发货日期, 要求交期, end date, delivery date, due date
    """,
    "lines": """
    *: 明细, 行, 产品, 商品, line, item, line item
    key: 行号, 行项目, 明细行号, 项次, 行id, 明细编号, 行序号, line, line no, line number, item line, line id,
      row number, position
    product: 产品编码, 产品编号, 产品, 产品名称, 商品, 商品名称, 品名, 物料编码, 物料名称, 货号, 存货编码, sku, product,
      product code, product id, product name, item, item code, item name, sku code, article, part number,
      产品型号
    quantity: 数量, 订购数量, 销售数量, 订货数量, 采购数量, 购买数量, 数目, 件数, 台数, quantity, qty, units, order quantity,
      quantity ordered, amount ordered, count
    price: 单价, 销售单价, 成交单价, 含税单价, 折后单价, 成交价, 产品单价, 售价, price, unit price, sales price, net price,
      rate
    amount: 小计, 行金额, 明细金额, 金额, 产品金额, 小计金额, 产品小计, 货款, 行小计, subtotal, line total, line amount,
      amount, total price, extended price, item total, line value
    """,
  ]
}
